package io.millrace.tdengine.table;

import io.millrace.tdengine.sink.TDengineSinkBuilder;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.connector.sink.SinkV2Provider;
import org.apache.flink.table.connector.sink.abilities.SupportsTargetColumnWriting;
import org.apache.flink.table.connector.sink.abilities.SupportsWritingMetadata;
import org.apache.flink.table.types.DataType;

/**
 * A TDengine table as the planner sees it. It takes any changes: new and updated rows are written
 * (an updated row replaces the one with its key), deletions are ignored.
 *
 * <p>Its one metadata column, {@code dead_letter}, makes of a row in which it is not NULL a dead
 * letter.
 */
final class TDengineDynamicTableSink
        implements DynamicTableSink, SupportsTargetColumnWriting, SupportsWritingMetadata {
    private static final String DEAD_LETTER = "dead_letter";

    private final Supplier<TDengineSinkBuilder> builders;
    private final int columns;
    private final Integer parallelism;
    private boolean takesLetters;

    /** Columns named in the INSERT, others keep what they have; null if it names none. */
    private int[] targetColumns;

    /**
     * Makes the sink.
     *
     * @param builders make a builder with all that the table's options say
     * @param columns how many the table has, metadata apart
     * @param parallelism null for that of the job
     */
    TDengineDynamicTableSink(
            Supplier<TDengineSinkBuilder> builders, int columns, Integer parallelism) {
        this.builders = builders;
        this.columns = columns;
        this.parallelism = parallelism;
    }

    @Override
    public ChangelogMode getChangelogMode(ChangelogMode requestedMode) {
        return requestedMode;
    }

    @Override
    public boolean applyTargetColumns(int[][] paths) {
        targetColumns =
                Stream.of(paths)
                        .mapToInt(path -> path[0])
                        // Behind them are metadata.
                        .filter(position -> position < columns)
                        .distinct()
                        .toArray();
        return true;
    }

    @Override
    public Map<String, DataType> listWritableMetadata() {
        return Map.of(DEAD_LETTER, DataTypes.STRING());
    }

    @Override
    public void applyWritableMetadata(List<String> keys, DataType consumedType) {
        takesLetters = keys.contains(DEAD_LETTER);
    }

    @Override
    public SinkRuntimeProvider getSinkRuntimeProvider(Context context) {
        TDengineSinkBuilder builder = builders.get().letterField(takesLetters);
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
        TDengineDynamicTableSink copy =
                new TDengineDynamicTableSink(builders, columns, parallelism);
        copy.targetColumns = targetColumns;
        copy.takesLetters = takesLetters;
        return copy;
    }

    @Override
    public String asSummaryString() {
        return "TDengine";
    }
}
