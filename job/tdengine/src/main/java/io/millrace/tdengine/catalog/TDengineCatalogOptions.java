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

    /** What the catalog may do to the server. */
    public static final ConfigOption<CatalogAccess> ACCESS =
            ConfigOptions.key("catalog.access")
                    .enumType(CatalogAccess.class)
                    .defaultValue(CatalogAccess.WRITE)
                    .withDescription(
                            "'write': CREATE, ALTER and DROP are carried out. 'read': they are only"
                                    + " remembered by the catalog and the server is not changed."
                                    + " 'none': so they are, and the server is not asked either.");

    /** Definitions of tables that the catalog knows beside the server's. */
    public static final ConfigOption<String> TABLES =
            ConfigOptions.key("catalog.tables")
                    .stringType()
                    .defaultValue("")
                    .withDescription(
                            "Definitions of tables in TDengine's SQL that stand before those of the"
                                    + " server; with 'catalog.access' = 'read' or 'none'.");

    private TDengineCatalogOptions() {}
}
