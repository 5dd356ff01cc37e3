package io.millrace.tdengine.sink.schema;

import io.millrace.tdengine.client.TargetColumn;
import io.millrace.tdengine.client.TargetTable;
import java.util.Optional;

/** How much wider a column can become. Stateless. */
final class Widening {
    /** Of all columns of a row, and of all tags, in bytes. */
    private static final int MAX_ROW = 65_531;

    private static final int MAX_TAGS = 16_384;

    /** What each value of variable length takes besides itself. */
    private static final int LENGTH_BYTES = 2;

    private Widening() {}

    /**
     * The column, twice as long or as long as needed, within TDengine's limits for a row.
     *
     * @param needed in the unit of the column's length
     * @return empty if it cannot become that long
     */
    static Optional<TargetColumn> widened(TargetTable table, TargetColumn column, int needed) {
        int unit = unit(column);
        if (unit == 0) {
            return Optional.empty();
        }
        int others =
                table.columns().stream()
                        .filter(c -> c.isTag() == column.isTag() && !c.equals(column))
                        .mapToInt(Widening::bytes)
                        .sum();
        int room = ((column.isTag() ? MAX_TAGS : MAX_ROW) - others - LENGTH_BYTES) / unit;
        int limit = Math.min(room, ColumnTypes.maxLength(column.type(), column.isTag()));
        if (needed > limit) {
            return Optional.empty();
        }
        int length = Math.max(needed, (int) Math.min(limit, 2L * column.length()));
        return Optional.of(
                new TargetColumn(column.name(), column.type(), length, 0, column.role()));
    }

    /** Bytes of one unit of the column's length; 0 if it has no length that could grow. */
    private static int unit(TargetColumn column) {
        return switch (column.type()) {
            case NCHAR -> 4;
            case VARCHAR, VARBINARY -> 1;
            default -> 0;
        };
    }

    private static int bytes(TargetColumn column) {
        return switch (column.type()) {
            case BOOL, TINYINT, TINYINT_UNSIGNED -> 1;
            case SMALLINT, SMALLINT_UNSIGNED -> 2;
            case INT, INT_UNSIGNED, FLOAT -> 4;
            case TIMESTAMP, BIGINT, BIGINT_UNSIGNED, DOUBLE -> 8;
            case DECIMAL -> 16;
            case NCHAR, JSON -> 4 * column.length() + LENGTH_BYTES;
            case VARCHAR, VARBINARY, GEOMETRY, UNKNOWN -> column.length() + LENGTH_BYTES;
        };
    }
}
