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

    /** As a DOUBLE, which is what TDengine calculates with. */
    String asDouble() {
        return data() == DataType.DOUBLE ? sql : "CAST(" + sql + " AS DOUBLE PRECISION)";
    }
}
