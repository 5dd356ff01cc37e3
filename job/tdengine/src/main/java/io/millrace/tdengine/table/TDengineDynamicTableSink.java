package io.millrace.tdengine.table;

import io.millrace.tdengine.sink.TDengineSinkBuilder;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.connector.sink.SinkV2Provider;

/**
 * A TDengine table as the planner sees it. It takes any changes: new and updated rows are written
 * (an updated row replaces the one with its key), deletions are ignored.
 */
final class TDengineDynamicTableSink implements DynamicTableSink {
    private final Supplier<TDengineSinkBuilder> builders;
    private final Integer parallelism;

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
    public SinkRuntimeProvider getSinkRuntimeProvider(Context context) {
        TDengineSinkBuilder builder = builders.get();
        targetColumns(context).ifPresent(builder::targetColumns);
        try {
            return SinkV2Provider.of(builder.build(), parallelism);
        } catch (IllegalArgumentException e) {
            throw new ValidationException(e.getMessage(), e);
        }
    }

    /** The columns named in the INSERT; others keep what they have. */
    private static Optional<int[]> targetColumns(Context context) {
        return context.getTargetColumns()
                .filter(paths -> paths.length > 0)
                .map(paths -> Stream.of(paths).mapToInt(path -> path[0]).distinct().toArray());
    }

    @Override
    public DynamicTableSink copy() {
        return new TDengineDynamicTableSink(builders, parallelism);
    }

    @Override
    public String asSummaryString() {
        return "TDengine";
    }
}
