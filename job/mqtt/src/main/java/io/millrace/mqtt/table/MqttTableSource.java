package io.millrace.mqtt.table;

import io.millrace.mqtt.format.PayloadJsonFormat;
import io.millrace.mqtt.source.AckMode;
import io.millrace.mqtt.source.MqttSource;
import io.millrace.mqtt.source.MqttSourceSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamSource;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.ProviderContext;
import org.apache.flink.table.connector.format.DecodingFormat;
import org.apache.flink.table.connector.format.ProjectableDecodingFormat;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.connector.source.ScanTableSource;
import org.apache.flink.table.connector.source.abilities.SupportsProjectionPushDown;
import org.apache.flink.table.connector.source.abilities.SupportsReadingMetadata;
import org.apache.flink.table.connector.source.abilities.SupportsWatermarkPushDown;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the planner knows of an MQTT table. If the only physical column is the payload column, the
 * format decodes the payload into that column; else the payload is the physical row, as with Kafka.
 */
final class MqttTableSource
        implements ScanTableSource,
                SupportsReadingMetadata,
                SupportsProjectionPushDown,
                SupportsWatermarkPushDown {
    private static final Logger LOG = LoggerFactory.getLogger(MqttTableSource.class);

    private final String connection;
    private final MqttSourceSettings settings;
    private final ClientIdFrom clientIdFrom;
    private final DecodingFormat<DeserializationSchema<RowData>> format;
    private final DataType physicalType;
    private final String payloadColumn;
    private final Integer parallelism;

    // What the planner pushes down.
    private int[][] projection;
    private List<String> metadataKeys = List.of();
    private DataType producedType;
    private WatermarkStrategy<RowData> watermarkStrategy = WatermarkStrategy.noWatermarks();

    /**
     * @param connection name of the catalog that the table is in
     * @param payloadColumn the column that alone is the payload if there is no other
     * @param parallelism null for that of the job
     */
    MqttTableSource(
            String connection,
            MqttSourceSettings settings,
            ClientIdFrom clientIdFrom,
            DecodingFormat<DeserializationSchema<RowData>> format,
            DataType physicalType,
            String payloadColumn,
            Integer parallelism) {
        this.connection = connection;
        this.settings = settings;
        this.clientIdFrom = clientIdFrom;
        this.format = format;
        this.physicalType = physicalType;
        this.payloadColumn = payloadColumn;
        this.parallelism = parallelism;
        this.producedType = physicalType;
        this.projection =
                IntStream.range(0, DataType.getFieldCount(physicalType))
                        .mapToObj(i -> new int[] {i})
                        .toArray(int[][]::new);
    }

    @Override
    public ChangelogMode getChangelogMode() {
        return format.getChangelogMode();
    }

    @Override
    public Map<String, DataType> listReadableMetadata() {
        return MqttMetadata.readable();
    }

    @Override
    public void applyReadableMetadata(List<String> keys, DataType producedType) {
        this.metadataKeys = List.copyOf(keys);
        this.producedType = producedType;
    }

    @Override
    public boolean supportsNestedProjection() {
        return false;
    }

    @Override
    public void applyProjection(int[][] fields, DataType producedType) {
        this.projection = fields;
        this.producedType = producedType;
    }

    @Override
    public void applyWatermark(WatermarkStrategy<RowData> strategy) {
        this.watermarkStrategy = strategy;
    }

    @Override
    public ScanRuntimeProvider getScanRuntimeProvider(ScanContext context) {
        RowDecoder decoder =
                new RowDecoder(
                        payloadPart(context),
                        metadataKeys.stream().map(MqttMetadata::of).toList(),
                        clientIdFrom,
                        context.createTypeInformation(producedType));
        return new Provider(
                SourceUid.of(connection, settings),
                settings,
                decoder,
                watermarkStrategy,
                parallelism);
    }

    private PayloadPart payloadPart(ScanContext context) {
        List<String> names = DataType.getFieldNames(physicalType);
        List<DataType> types = DataType.getFieldDataTypes(physicalType);
        if (names.equals(List.of(payloadColumn))) {
            return payloadColumn(context, types.get(0), projection.length > 0);
        }
        if (format
                instanceof ProjectableDecodingFormat<DeserializationSchema<RowData>> projectable) {
            DeserializationSchema<RowData> schema =
                    projectable.createRuntimeDecoder(context, physicalType, projection);
            return fields(schema, types, IntStream.range(0, projection.length).toArray());
        }
        DeserializationSchema<RowData> schema = format.createRuntimeDecoder(context, physicalType);
        return fields(schema, types, Arrays.stream(projection).mapToInt(path -> path[0]).toArray());
    }

    private PayloadPart payloadColumn(ScanContext context, DataType type, boolean wanted) {
        if (format instanceof PayloadJsonFormat json) {
            return new PayloadPart.JsonColumn(json.createRuntimeDecoder(context, type), wanted);
        }
        if (type.getLogicalType().is(LogicalTypeRoot.ROW)) {
            return new PayloadPart.RowColumn(format.createRuntimeDecoder(context, type), wanted);
        }
        // Other formats make rows only; to 'raw' and 'csv' a row with one field is that field.
        return fields(
                format.createRuntimeDecoder(context, physicalType),
                List.of(type),
                wanted ? new int[] {0} : new int[0]);
    }

    /** Reads columns at places of the decoded row. */
    private PayloadPart fields(
            DeserializationSchema<RowData> schema, List<DataType> types, int[] places) {
        List<RowData.FieldGetter> getters = new ArrayList<>();
        for (int i = 0; i < places.length; i++) {
            LogicalType type = types.get(projection[i][0]).getLogicalType();
            getters.add(RowData.createFieldGetter(type, places[i]));
        }
        return new PayloadPart.Fields(schema, getters);
    }

    @Override
    public DynamicTableSource copy() {
        MqttTableSource copy =
                new MqttTableSource(
                        connection,
                        settings,
                        clientIdFrom,
                        format,
                        physicalType,
                        payloadColumn,
                        parallelism);
        copy.projection = projection;
        copy.metadataKeys = metadataKeys;
        copy.producedType = producedType;
        copy.watermarkStrategy = watermarkStrategy;
        return copy;
    }

    @Override
    public String asSummaryString() {
        return "MQTT " + settings.topic();
    }

    /**
     * Makes the stream. Not a {@code SourceProvider}, since with that Flink 2.3 forgets the
     * watermark strategy, and nobody would know whether checkpointing is on.
     */
    private record Provider(
            String uid,
            MqttSourceSettings settings,
            RowDecoder decoder,
            WatermarkStrategy<RowData> watermarks,
            Integer parallelism)
            implements MqttScan {
        @Override
        public String topic() {
            return settings.topic();
        }

        @Override
        public DataStream<RowData> produceDataStream(
                ProviderContext context, StreamExecutionEnvironment environment) {
            MqttSource<RowData> source =
                    new MqttSource<>(effective(settings, environment), decoder);
            DataStreamSource<RowData> stream =
                    environment.fromSource(source, watermarks, "MQTT " + settings.topic());
            // Not the planner's, which is there for compiled plans only and changes with the query.
            stream.uid(uid);
            return stream;
        }

        private static MqttSourceSettings effective(
                MqttSourceSettings settings, StreamExecutionEnvironment environment) {
            if (settings.ackMode() == AckMode.RECEIVE
                    || environment.getCheckpointConfig().isCheckpointingEnabled()) {
                return settings;
            }
            LOG.warn(
                    "CHECKPOINTING IS OFF: messages of '{}' are acknowledged when they are received and are lost if the job fails before they are written. Set 'execution.checkpointing.interval' (such as 1 s) to lose none.",
                    settings.topic());
            return settings.withAckMode(AckMode.RECEIVE);
        }

        @Override
        public boolean isBounded() {
            return false;
        }

        @Override
        public Optional<Integer> getParallelism() {
            return Optional.ofNullable(parallelism);
        }
    }
}
