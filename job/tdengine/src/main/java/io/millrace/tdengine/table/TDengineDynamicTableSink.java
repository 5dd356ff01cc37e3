package io.millrace.tdengine.table;

import io.millrace.tdengine.sink.TDengineSinkBuilder;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.connector.sink.SinkV2Provider;
import org.apache.flink.table.connector.sink.abilities.SupportsTargetColumnWriting;

/**
 * A TDengine table as the planner sees it. It takes any changes: new and updated rows are written
 * (an updated row replaces the one with its key), deletions are ignored.
 */
final class TDengineDynamicTableSink implements DynamicTableSink, SupportsTargetColumnWriting {
    private final Supplier<TDengineSinkBuilder> builders;
    private final Integer parallelism;

    /** Columns named in the INSERT, others keep what they have; null if it names none. */
    private int[] targetColumns;

    /**
     * Makes the sink.
     *
     * @param builders make a builder with all that the table's options say
     * @param parallelism null for that of the job
     */
    TDengineDynamicTableSink(Supplier<TDengineSinkBuilder> builders, Integer parallelism) {
        this.builders = builders;
        this.parallelism = parallelism;
    }

    @Override
    public ChangelogMode getChangelogMode(ChangelogMode requestedMode) {
        return requestedMode;
    }

    @Override
    public boolean applyTargetColumns(int[][] paths) {
        targetColumns = Stream.of(paths).mapToInt(path -> path[0]).distinct().toArray();
        return true;
    }

    @Override
    public SinkRuntimeProvider getSinkRuntimeProvider(Context context) {
        TDengineSinkBuilder builder = builders.get();
        if (targetColumns != null) {
            builder.targetColumns(targetColumns);
        }
        try {
            return SinkV2Provider.of(builder.build(), parallelism);
        } catch (IllegalArgumentException e) {
            throw new ValidationException(e.getMessage(), e);
        }
    }

    @Override
    public DynamicTableSink copy() {
        TDengineDynamicTableSink copy = new TDengineDynamicTableSink(builders, parallelism);
        copy.targetColumns = targetColumns;
        return copy;
    }

    @Override
    public String asSummaryString() {
        return "TDengine";
    }
}
