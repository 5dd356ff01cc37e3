package io.millrace.devkit.tdengine.engine;

import io.millrace.devkit.tdengine.sql.Precision;
import java.util.List;

/** What a statement gives back. */
public sealed interface Result {
    /** Number of rows written or deleted; 0 for definitions. */
    record Update(long rows) implements Result {}

    /**
     * Rows.
     *
     * @param precision unit of the times among the values
     * @param rows values: Boolean, Integer, Long, BigInteger, BigDecimal, Float, Double, String,
     *     byte[]; times are Long
     */
    record Rows(List<ResultColumn> columns, Precision precision, List<Object[]> rows)
            implements Result {
        /** No columns and no rows. */
        public static Rows none() {
            return new Rows(List.of(), Precision.MS, List.of());
        }
    }
}
