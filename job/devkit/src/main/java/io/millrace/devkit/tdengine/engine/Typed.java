package io.millrace.devkit.tdengine.engine;

import io.millrace.devkit.tdengine.sql.ColumnType;
import io.millrace.devkit.tdengine.sql.DataType;

/** An expression in H2's SQL with the type that TDengine gives it. */
record Typed(String sql, ColumnType type) {
    static Typed of(String sql, DataType type) {
        return new Typed(sql, ColumnType.of(type));
    }

    DataType data() {
        return type.type();
    }

    /** As a DOUBLE, which is what TDengine calculates with; text that is no number is 0. */
    String asDouble() {
        if (data().isText()) {
            return "(CASE WHEN REGEXP_LIKE("
                    + sql
                    + ", '^[+-]?[0-9]+(\\.[0-9]*)?([eE][+-]?[0-9]+)?$') THEN CAST("
                    + sql
                    + " AS DOUBLE PRECISION) WHEN "
                    + sql
                    + " IS NOT NULL THEN 0 END)";
        }
        return data() == DataType.DOUBLE ? sql : "CAST(" + sql + " AS DOUBLE PRECISION)";
    }
}
