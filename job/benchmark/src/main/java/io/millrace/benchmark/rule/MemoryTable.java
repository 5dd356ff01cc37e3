package io.millrace.benchmark.rule;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.ProviderContext;
import org.apache.flink.table.connector.source.DataStreamScanProvider;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.connector.source.ScanTableSource;
import org.apache.flink.table.connector.source.abilities.SupportsProjectionPushDown;
import org.apache.flink.table.connector.source.abilities.SupportsReadingMetadata;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.RowType;

/** A table with one column, the payload, and as metadata what the rules read. */
final class MemoryTable
        implements ScanTableSource, SupportsReadingMetadata, SupportsProjectionPushDown {
    private final DataType physicalType;
    private boolean payload = true;
    private List<String> metadata = List.of();
    private DataType producedType;

    MemoryTable(DataType physicalType) {
        this.physicalType = physicalType;
        this.producedType = physicalType;
    }

    @Override
    public ChangelogMode getChangelogMode() {
        return ChangelogMode.insertOnly();
    }

    @Override
    public Map<String, DataType> listReadableMetadata() {
        Map<String, DataType> readable = new LinkedHashMap<>();
        readable.put("topic", DataTypes.STRING().notNull());
        readable.put("clientid", DataTypes.STRING());
        readable.put("raw_payload", DataTypes.BYTES());
        return readable;
    }

    @Override
    public void applyReadableMetadata(List<String> keys, DataType type) {
        metadata = List.copyOf(keys);
        producedType = type;
    }

    @Override
    public boolean supportsNestedProjection() {
        return false;
    }

    @Override
    public void applyProjection(int[][] fields, DataType type) {
        payload = fields.length > 0;
        producedType = type;
    }

    @Override
    public ScanRuntimeProvider getScanRuntimeProvider(ScanContext context) {
        MemorySource source =
                new MemorySource(
                        payload
                                ? (RowType)
                                        physicalType
                                                .getChildren()
                                                .get(0)
                                                .getLogicalType()
                                                .copy(true)
                                : null,
                        new ArrayList<>(metadata),
                        context.createTypeInformation(producedType));
        return new DataStreamScanProvider() {
            @Override
            public DataStream<RowData> produceDataStream(
                    ProviderContext provider, StreamExecutionEnvironment environment) {
                return environment.fromSource(source, WatermarkStrategy.noWatermarks(), "memory");
            }

            @Override
            public boolean isBounded() {
                return false;
            }
        };
    }

    @Override
    public DynamicTableSource copy() {
        MemoryTable copy = new MemoryTable(physicalType);
        copy.payload = payload;
        copy.metadata = metadata;
        copy.producedType = producedType;
        return copy;
    }

    @Override
    public String asSummaryString() {
        return "messages in memory";
    }
}
