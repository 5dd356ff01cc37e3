package io.millrace.tdengine.catalog;

import io.millrace.common.Secret;
import io.millrace.tdengine.client.TDengineConnectionSettings;
import io.millrace.tdengine.declared.DeclaredTables;
import io.millrace.tdengine.table.TDengineConnectorOptions;
import io.millrace.tdengine.table.TDengineDynamicTableFactory;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
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

    /** Options of the connector that say which table it is: the catalog sets them. */
    private static final Set<ConfigOption<?>> OF_ONE_TABLE =
            Set.of(
                    TDengineConnectorOptions.DATABASE,
                    TDengineConnectorOptions.TABLE,
                    TDengineConnectorOptions.SUPER_TABLE,
                    TDengineConnectorOptions.SQL,
                    TDengineConnectorOptions.UNDEFINED_VARS_AS_NULL);

    @Override
    public String factoryIdentifier() {
        return IDENTIFIER;
    }

    @Override
    public Set<ConfigOption<?>> requiredOptions() {
        return Set.of(TDengineConnectorOptions.URL);
    }

    @Override
    public Set<ConfigOption<?>> optionalOptions() {
        Set<ConfigOption<?>> options =
                new HashSet<>(new TDengineDynamicTableFactory().optionalOptions());
        options.removeAll(OF_ONE_TABLE);
        options.add(TDengineCatalogOptions.DEFAULT_DATABASE);
        options.add(TDengineCatalogOptions.ACCESS);
        options.add(TDengineCatalogOptions.TABLES);
        return options;
    }

    @Override
    public Catalog createCatalog(Context context) {
        FactoryUtil.CatalogFactoryHelper helper =
                FactoryUtil.createCatalogFactoryHelper(this, context);
        helper.validate();
        TDengineConnectionSettings settings = settings(helper.getOptions());
        return new TDengineCatalog(
                context.getName(),
                helper.getOptions()
                        .getOptional(TDengineCatalogOptions.DEFAULT_DATABASE)
                        .or(settings::database)
                        .orElse(null),
                settings,
                tableOptions(context.getOptions(), settings),
                helper.getOptions().get(TDengineCatalogOptions.ACCESS),
                declared(helper.getOptions()));
    }

    private static Optional<DeclaredTables> declared(ReadableConfig options) {
        String definitions = options.get(TDengineCatalogOptions.TABLES);
        if (options.get(TDengineCatalogOptions.ACCESS) == CatalogAccess.WRITE) {
            if (!definitions.isBlank()) {
                throw new ValidationException(
                        "Option 'catalog.tables' goes with 'catalog.access' = 'read' or 'none'"
                                + " only.");
            }
            return Optional.empty();
        }
        try {
            return Optional.of(DeclaredTables.of(definitions));
        } catch (IllegalArgumentException e) {
            throw new ValidationException("Option 'catalog.tables': " + e.getMessage(), e);
        }
    }

    /**
     * Where to connect, by the options of a catalog.
     *
     * @throws ValidationException naming everything that is wrong
     */
    public static TDengineConnectionSettings settings(ReadableConfig options) {
        TDengineConnectionSettings.Builder builder =
                TDengineConnectionSettings.builder()
                        .url(options.get(TDengineConnectorOptions.URL))
                        .connectTimeout(options.get(TDengineConnectorOptions.CONNECT_TIMEOUT))
                        .requestTimeout(options.get(TDengineConnectorOptions.REQUEST_TIMEOUT));
        options.getOptional(TDengineConnectorOptions.USERNAME).ifPresent(builder::username);
        options.getOptional(TDengineConnectorOptions.PASSWORD)
                .map(Secret::of)
                .ifPresent(builder::password);
        options.getOptional(TDengineConnectorOptions.TOKEN)
                .map(Secret::of)
                .ifPresent(builder::token);
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
        options.remove(TDengineCatalogOptions.ACCESS.key());
        options.remove(TDengineCatalogOptions.TABLES.key());
        String url = options.get(TDengineConnectorOptions.URL.key());
        // What holds a reference stays as it is: it is resolved where the connection is made.
        if (!url.contains("${")) {
            options.put(TDengineConnectorOptions.URL.key(), settings.url());
            if (settings.username() != null) {
                options.putIfAbsent(TDengineConnectorOptions.USERNAME.key(), settings.username());
            }
            putSecret(options, TDengineConnectorOptions.PASSWORD, settings.password());
            putSecret(options, TDengineConnectorOptions.TOKEN, settings.token());
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
