package io.millrace.rule.trial;

import io.millrace.mqtt.source.MessageDecoder;
import io.millrace.mqtt.table.MqttScan;
import io.millrace.mqtt.table.MqttTableFactory;
import io.millrace.tdengine.table.TDengineConnectorOptions;
import io.millrace.tdengine.table.TDengineDynamicTableFactory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.catalog.ObjectIdentifier;
import org.apache.flink.table.catalog.ResolvedCatalogTable;
import org.apache.flink.table.connector.ProviderContext;
import org.apache.flink.table.connector.source.DataStreamScanProvider;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.connector.source.ScanTableSource;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.factories.DynamicTableSourceFactory;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.types.logical.RowType;

/**
 * Makes the tables that a trial reads: topics give the samples, all of one stream, so that they
 * come in their order whatever their topics are; other tables are read as they are if they end.
 */
final class SampleTables implements DynamicTableSourceFactory {
    private final TrialLog log;
    private final boolean offline;

    // Set before each job.
    private List<Sample> samples = List.of();
    private List<Integer> numbers = List.of();

    // Of the job being made.
    private StreamExecutionEnvironment environment;
    private DataStream<Integer> stream;

    SampleTables(TrialLog log, boolean offline) {
        this.log = log;
        this.offline = offline;
    }

    /**
     * What the next job reads.
     *
     * @param all the samples
     * @param wanted the numbers of those that are read
     */
    void read(List<Sample> all, List<Integer> wanted) {
        samples = all;
        numbers = wanted;
        environment = null;
    }

    @Override
    public DynamicTableSource createDynamicTableSource(Context context) {
        String connector = connector(context);
        if (connector.equals(MqttTableFactory.IDENTIFIER)) {
            MqttTableFactory factory = new MqttTableFactory();
            RowType physical = (RowType) context.getPhysicalRowDataType().getLogicalType();
            return TableProxy.of(
                    DynamicTableSource.class,
                    factory.createDynamicTableSource(context),
                    (method, argument, made) ->
                            new Scan(
                                    (MqttScan) made,
                                    whole(factory.createDynamicTableSource(context), argument),
                                    physical));
        }
        DynamicTableSourceFactory factory =
                FactoryUtil.discoverFactory(
                        context.getClassLoader(), DynamicTableSourceFactory.class, connector);
        return TableProxy.of(
                DynamicTableSource.class,
                factory.createDynamicTableSource(new InOrder(context, connector)),
                (method, argument, made) -> refuse(context, connector, made));
    }

    /** The decoder of a table that nobody has pushed anything down to: of all columns. */
    private static MessageDecoder<RowData> whole(DynamicTableSource table, Object context) {
        return ((MqttScan)
                        ((ScanTableSource) table)
                                .getScanRuntimeProvider((ScanTableSource.ScanContext) context))
                .decoder();
    }

    private Object refuse(Context context, String connector, Object made) {
        String table = context.getObjectIdentifier().asSummaryString();
        if (made instanceof ScanTableSource.ScanRuntimeProvider scan && !scan.isBounded()) {
            throw new ValidationException(
                    "Table '%s' of the connector '%s' has no end, so a trial would have none. Only topics are given samples."
                            .formatted(table, connector));
        }
        if (offline && connector.equals(TDengineDynamicTableFactory.IDENTIFIER)) {
            throw new ValidationException(
                    "Table '%s' is read from TDengine, which --offline forbids. Try the rule without it."
                            .formatted(table));
        }
        return made;
    }

    private static String connector(Context context) {
        return String.valueOf(
                context.getCatalogTable().getOptions().get(FactoryUtil.CONNECTOR.key()));
    }

    @Override
    public String factoryIdentifier() {
        return TrialModule.NAME;
    }

    @Override
    public Set<ConfigOption<?>> requiredOptions() {
        return Set.of();
    }

    @Override
    public Set<ConfigOption<?>> optionalOptions() {
        return Set.of();
    }

    private DataStream<Integer> stream(StreamExecutionEnvironment made) {
        if (environment != made) {
            environment = made;
            stream =
                    made.fromSource(
                                    new SampleSource(numbers, log),
                                    WatermarkStrategy.noWatermarks(),
                                    "samples")
                            .setParallelism(1);
        }
        return stream;
    }

    /** A topic table whose messages are the samples. */
    private final class Scan implements DataStreamScanProvider {
        private final MqttScan planned;
        private final MessageDecoder<RowData> whole;
        private final RowType physical;

        Scan(MqttScan planned, MessageDecoder<RowData> whole, RowType physical) {
            this.planned = planned;
            this.whole = whole;
            this.physical = physical;
        }

        @Override
        public DataStream<RowData> produceDataStream(
                ProviderContext context, StreamExecutionEnvironment made) {
            return stream(made)
                    .flatMap(
                            new SampleDecoder(
                                    planned.topic(),
                                    samples,
                                    planned.decoder(),
                                    whole,
                                    physical,
                                    log))
                    .returns(planned.decoder().getProducedType())
                    .setParallelism(1)
                    .assignTimestampsAndWatermarks(new SteadyWatermarks<>(planned.watermarks()))
                    .setParallelism(1);
        }

        @Override
        public boolean isBounded() {
            return false;
        }
    }

    /** Lookups wait for their answer, since a row that comes later belongs to no message. */
    private record InOrder(Context context, String connector) implements Context {
        @Override
        public ObjectIdentifier getObjectIdentifier() {
            return context.getObjectIdentifier();
        }

        @Override
        public ResolvedCatalogTable getCatalogTable() {
            if (!connector.equals(TDengineDynamicTableFactory.IDENTIFIER)) {
                return context.getCatalogTable();
            }
            Map<String, String> options = new HashMap<>(context.getCatalogTable().getOptions());
            options.put(TDengineConnectorOptions.LOOKUP_ASYNC.key(), "false");
            return context.getCatalogTable().copy(options);
        }

        @Override
        public Map<String, String> getEnrichmentOptions() {
            return context.getEnrichmentOptions();
        }

        @Override
        public ReadableConfig getConfiguration() {
            return context.getConfiguration();
        }

        @Override
        public ClassLoader getClassLoader() {
            return context.getClassLoader();
        }

        @Override
        public boolean isTemporary() {
            return context.isTemporary();
        }
    }
}
