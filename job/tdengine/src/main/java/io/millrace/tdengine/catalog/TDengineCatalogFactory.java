package io.millrace.tdengine.catalog;

import io.millrace.common.Secret;
import io.millrace.tdengine.client.TDengineConnectionSettings;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.catalog.Catalog;
import org.apache.flink.table.factories.CatalogFactory;
import org.apache.flink.table.factories.FactoryUtil;

/**
 * Makes catalogs of {@code 'type' = 'tdengine'}; Flink finds it as a service. Options that are the
 * sink's ({@code sub-table}, {@code sink.*}) are passed on to the catalog's tables, which check
 * them.
 */
public final class TDengineCatalogFactory implements CatalogFactory {
    /** The type in {@code CREATE CATALOG}. */
    public static final String IDENTIFIER = "tdengine";

    /** Beginnings of option names that are for the tables. */
    private static final String[] TABLES_OWN = {"sink.", "sub-table", "dead-letter"};

    @Override
    public String factoryIdentifier() {
        return IDENTIFIER;
    }

    @Override
    public Set<ConfigOption<?>> requiredOptions() {
        return Set.of(TDengineCatalogOptions.URL);
    }

    @Override
    public Set<ConfigOption<?>> optionalOptions() {
        return Set.of(
                TDengineCatalogOptions.USERNAME,
                TDengineCatalogOptions.PASSWORD,
                TDengineCatalogOptions.TOKEN,
                TDengineCatalogOptions.CONNECT_TIMEOUT,
                TDengineCatalogOptions.REQUEST_TIMEOUT,
                TDengineCatalogOptions.DEFAULT_DATABASE);
    }

    @Override
    public Catalog createCatalog(Context context) {
        FactoryUtil.CatalogFactoryHelper helper =
                FactoryUtil.createCatalogFactoryHelper(this, context);
        helper.validateExcept(TABLES_OWN);
        TDengineConnectionSettings settings = settings(helper.getOptions());
        return new TDengineCatalog(
                context.getName(),
                helper.getOptions()
                        .getOptional(TDengineCatalogOptions.DEFAULT_DATABASE)
                        .or(settings::database)
                        .orElse(null),
                settings,
                tableOptions(context.getOptions(), settings));
    }

    private static TDengineConnectionSettings settings(ReadableConfig options) {
        TDengineConnectionSettings.Builder builder =
                TDengineConnectionSettings.builder()
                        .url(options.get(TDengineCatalogOptions.URL))
                        .connectTimeout(options.get(TDengineCatalogOptions.CONNECT_TIMEOUT))
                        .requestTimeout(options.get(TDengineCatalogOptions.REQUEST_TIMEOUT));
        options.getOptional(TDengineCatalogOptions.USERNAME).ifPresent(builder::username);
        options.getOptional(TDengineCatalogOptions.PASSWORD)
                .map(Secret::of)
                .ifPresent(builder::password);
        options.getOptional(TDengineCatalogOptions.TOKEN).map(Secret::of).ifPresent(builder::token);
        try {
            return builder.build();
        } catch (IllegalArgumentException e) {
            throw new ValidationException(e.getMessage(), e);
        }
    }

    /**
     * What the catalog's tables have in common. A user, password or token in the URL becomes an
     * option of its own, since Flink hides those when it prints a table, and URLs not.
     */
    static Map<String, String> tableOptions(
            Map<String, String> catalogOptions, TDengineConnectionSettings settings) {
        Map<String, String> options = new HashMap<>(catalogOptions);
        options.remove("type");
        options.remove(TDengineCatalogOptions.DEFAULT_DATABASE.key());
        String url = options.get(TDengineCatalogOptions.URL.key());
        // What holds a reference stays as it is: it is resolved where the connection is made.
        if (!url.contains("${")) {
            options.put(TDengineCatalogOptions.URL.key(), settings.url());
            if (settings.username() != null) {
                options.putIfAbsent(TDengineCatalogOptions.USERNAME.key(), settings.username());
            }
            putSecret(options, TDengineCatalogOptions.PASSWORD, settings.password());
            putSecret(options, TDengineCatalogOptions.TOKEN, settings.token());
        }
        return options;
    }

    private static void putSecret(
            Map<String, String> options, ConfigOption<String> option, Secret secret) {
        if (secret != null && !options.containsKey(option.key())) {
            options.put(option.key(), secret.reveal());
        }
    }
}
