package io.millrace.tdengine.catalog;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/**
 * Options of {@code CREATE CATALOG … WITH ('type' = 'tdengine', …)} that are not those of the
 * catalog's tables.
 */
public final class TDengineCatalogOptions {

    /** The database of names that do not say one. */
    public static final ConfigOption<String> DEFAULT_DATABASE =
            ConfigOptions.key("default-database")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "The database of tables whose names do not say one, after USE CATALOG."
                                    + " Default: the database in the URL's path.");

    private TDengineCatalogOptions() {}
}
