package io.millrace.tdengine.table;

import io.millrace.common.Secret;
import io.millrace.tdengine.client.TDengineConnectionSettings;
import io.millrace.tdengine.sink.TDengineSink;
import io.millrace.tdengine.sink.TDengineSinkBuilder;
import io.millrace.tdengine.sink.TDengineSinkSettings;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.catalog.UniqueConstraint;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.factories.DynamicTableSinkFactory;
import org.apache.flink.table.factories.DynamicTableSourceFactory;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.types.logical.RowType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes sinks and sources of tables with {@code 'connector' = 'tdengine'}; Flink finds it as a
 * service. Never connects: whether the server's table fits is checked by the running job.
 */
public final class TDengineDynamicTableFactory
        implements DynamicTableSinkFactory, DynamicTableSourceFactory {
    /** The connector's name in SQL. */
    public static final String IDENTIFIER = "tdengine";

    private static final Logger LOG = LoggerFactory.getLogger(TDengineDynamicTableFactory.class);

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
        return Set.of(
                TDengineConnectorOptions.USERNAME,
                TDengineConnectorOptions.PASSWORD,
                TDengineConnectorOptions.TOKEN,
                TDengineConnectorOptions.DATABASE,
                TDengineConnectorOptions.TABLE,
                TDengineConnectorOptions.SUPER_TABLE,
                TDengineConnectorOptions.SUB_TABLE,
                TDengineConnectorOptions.SQL,
                TDengineConnectorOptions.SCHEMA_EVOLUTION,
                TDengineConnectorOptions.TAGS,
                TDengineConnectorOptions.UNDEFINED_VARS_AS_NULL,
                TDengineConnectorOptions.SQL_TIME_UNIT,
                TDengineConnectorOptions.CONNECT_TIMEOUT,
                TDengineConnectorOptions.REQUEST_TIMEOUT,
                TDengineConnectorOptions.SINK_BATCH_MAX_ROWS,
                TDengineConnectorOptions.SINK_BATCH_MAX_BYTES,
                TDengineConnectorOptions.SINK_BATCH_INTERVAL,
                TDengineConnectorOptions.SINK_CONNECTIONS,
                TDengineConnectorOptions.SINK_TIMESTAMP_COLLISION,
                TDengineConnectorOptions.SINK_TIMESTAMP_COLLISION_MAX_SHIFT,
                TDengineConnectorOptions.SINK_DELIVERY_GUARANTEE,
                TDengineConnectorOptions.SINK_EXACTLY_ONCE_MAX_BYTES,
                TDengineConnectorOptions.SINK_RETRY_INITIAL_DELAY,
                TDengineConnectorOptions.SINK_RETRY_MAX_DELAY,
                TDengineConnectorOptions.SINK_RETRY_MISSING_TIMEOUT,
                TDengineConnectorOptions.SINK_NULL_HANDLING,
                TDengineConnectorOptions.SINK_DELETE_HANDLING,
                TDengineConnectorOptions.SINK_NON_FINITE,
                TDengineConnectorOptions.SINK_DEAD_LETTER,
                TDengineConnectorOptions.SINK_RULE,
                TDengineConnectorOptions.SINK_PARALLELISM,
                TDengineConnectorOptions.SCAN_SPLIT_BY,
                TDengineConnectorOptions.SCAN_SPLIT_DURATION,
                TDengineConnectorOptions.SCAN_SPLIT_SUB_TABLES,
                TDengineConnectorOptions.SCAN_RETRY_TIMEOUT,
                TDengineConnectorOptions.SCAN_PARALLELISM,
                TDengineConnectorOptions.LOOKUP_ASYNC,
                TDengineConnectorOptions.LOOKUP_ASYNC_CONNECTIONS,
                TDengineConnectorOptions.LOOKUP_CACHE,
                TDengineConnectorOptions.LOOKUP_MAX_RETRIES,
                TDengineConnectorOptions.LOOKUP_CACHE_MAX_ROWS,
                TDengineConnectorOptions.LOOKUP_CACHE_EXPIRE_AFTER_WRITE,
                TDengineConnectorOptions.LOOKUP_CACHE_EXPIRE_AFTER_ACCESS,
                TDengineConnectorOptions.LOOKUP_CACHE_MISSING_KEY);
    }

    @Override
    public DynamicTableSink createDynamicTableSink(Context context) {
        FactoryUtil.TableFactoryHelper helper = FactoryUtil.createTableFactoryHelper(this, context);
        helper.validate();
        ReadableConfig options = helper.getOptions();
        if (options.get(TDengineConnectorOptions.SINK_DEAD_LETTER).equals("log")) {
            LOG.warn(
                    "Rows of table {} that TDengine can never take are only logged. To keep them,"
                            + " set 'sink.dead-letter' = 'file:/path'.",
                    context.getObjectIdentifier().asSummaryString());
        }
        RowType rowType =
                (RowType)
                        context.getCatalogTable()
                                .getResolvedSchema()
                                .toPhysicalRowDataType()
                                .getLogicalType();
        List<String> primaryKey =
                context.getCatalogTable()
                        .getResolvedSchema()
                        .getPrimaryKey()
                        .map(UniqueConstraint::getColumns)
                        .orElse(List.of());
        return new TDengineDynamicTableSink(
                () -> builder(options).rowType(rowType).primaryKey(primaryKey),
                rowType.getFieldCount(),
                options.getOptional(TDengineConnectorOptions.SINK_PARALLELISM).orElse(null));
    }

    @Override
    public DynamicTableSource createDynamicTableSource(Context context) {
        FactoryUtil.TableFactoryHelper helper = FactoryUtil.createTableFactoryHelper(this, context);
        helper.validate();
        return new TDengineDynamicTableSource(
                SourceOptions.read(helper.getOptions()),
                (RowType) context.getPhysicalRowDataType().getLogicalType());
    }

    /**
     * What a sink of such a table would be, without making one.
     *
     * @param options of the table, hints included
     * @param rowType its columns
     * @param targetColumns positions of those that are written
     * @throws IllegalArgumentException naming everything that is wrong
     */
    public static TDengineSinkSettings sinkSettings(
            Map<String, String> options, RowType rowType, int[] targetColumns) {
        return builder(Configuration.fromMap(options))
                .rowType(rowType)
                .targetColumns(targetColumns)
                .settings();
    }

    private static TDengineSinkBuilder builder(ReadableConfig options) {
        TDengineSinkBuilder builder = TDengineSink.builder();
        connection(builder.connection(), options);
        options.getOptional(TDengineConnectorOptions.TAGS).ifPresent(builder::tags);
        return builder.database(options.get(TDengineConnectorOptions.DATABASE))
                .table(options.get(TDengineConnectorOptions.TABLE))
                .superTable(options.get(TDengineConnectorOptions.SUPER_TABLE))
                .subTable(options.get(TDengineConnectorOptions.SUB_TABLE))
                .sql(options.get(TDengineConnectorOptions.SQL))
                .schemaEvolution(options.get(TDengineConnectorOptions.SCHEMA_EVOLUTION))
                .undefinedVarsAsNull(options.get(TDengineConnectorOptions.UNDEFINED_VARS_AS_NULL))
                .timeUnit(options.get(TDengineConnectorOptions.SQL_TIME_UNIT))
                .maxRows(options.get(TDengineConnectorOptions.SINK_BATCH_MAX_ROWS))
                .maxBytes(options.get(TDengineConnectorOptions.SINK_BATCH_MAX_BYTES).getBytes())
                .interval(options.get(TDengineConnectorOptions.SINK_BATCH_INTERVAL))
                .connections(options.get(TDengineConnectorOptions.SINK_CONNECTIONS))
                .timestampCollision(
                        options.get(TDengineConnectorOptions.SINK_TIMESTAMP_COLLISION),
                        options.get(TDengineConnectorOptions.SINK_TIMESTAMP_COLLISION_MAX_SHIFT))
                .delivery(
                        options.get(TDengineConnectorOptions.SINK_DELIVERY_GUARANTEE),
                        options.get(TDengineConnectorOptions.SINK_EXACTLY_ONCE_MAX_BYTES)
                                .getBytes())
                .retry(
                        options.get(TDengineConnectorOptions.SINK_RETRY_INITIAL_DELAY),
                        options.get(TDengineConnectorOptions.SINK_RETRY_MAX_DELAY))
                .missingTimeout(options.get(TDengineConnectorOptions.SINK_RETRY_MISSING_TIMEOUT))
                .nullHandling(options.get(TDengineConnectorOptions.SINK_NULL_HANDLING))
                .deleteHandling(options.get(TDengineConnectorOptions.SINK_DELETE_HANDLING))
                .nonFinite(options.get(TDengineConnectorOptions.SINK_NON_FINITE))
                .deadLetter(options.get(TDengineConnectorOptions.SINK_DEAD_LETTER))
                .rule(options.get(TDengineConnectorOptions.SINK_RULE));
    }

    /** Passes on where and who. */
    static void connection(TDengineConnectionSettings.Builder builder, ReadableConfig options) {
        builder.url(options.get(TDengineConnectorOptions.URL))
                .connectTimeout(options.get(TDengineConnectorOptions.CONNECT_TIMEOUT))
                .requestTimeout(options.get(TDengineConnectorOptions.REQUEST_TIMEOUT));
        options.getOptional(TDengineConnectorOptions.USERNAME).ifPresent(builder::username);
        options.getOptional(TDengineConnectorOptions.PASSWORD)
                .map(Secret::of)
                .ifPresent(builder::password);
        options.getOptional(TDengineConnectorOptions.TOKEN)
                .map(Secret::of)
                .ifPresent(builder::token);
    }
}
