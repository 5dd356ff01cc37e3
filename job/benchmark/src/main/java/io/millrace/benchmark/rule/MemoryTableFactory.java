package io.millrace.benchmark.rule;

import java.util.Set;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.factories.DynamicTableSourceFactory;

/** Makes tables {@code 'connector' = 'memory'}: messages without end, as a topic table has them. */
public final class MemoryTableFactory implements DynamicTableSourceFactory {
    @Override
    public String factoryIdentifier() {
        return "memory";
    }

    @Override
    public Set<ConfigOption<?>> requiredOptions() {
        return Set.of();
    }

    @Override
    public Set<ConfigOption<?>> optionalOptions() {
        return Set.of();
    }

    @Override
    public DynamicTableSource createDynamicTableSource(Context context) {
        return new MemoryTable(context.getPhysicalRowDataType());
    }
}
