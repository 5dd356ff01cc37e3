package io.millrace.functions.convert;

import java.util.Optional;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeFamily;
import org.apache.flink.table.types.logical.LogicalTypeRoot;

/** Which types a value can stand for. */
public final class Readable {
    private Readable() {}

    /** Why a type cannot be read, or nothing if it can. */
    public static Optional<String> problem(LogicalType type) {
        if (type.is(LogicalTypeFamily.DATETIME)) {
            return Optional.of(
                    "the functions know times as text or numbers. Give it as text, with"
                            + " CAST(... AS STRING) or DATE_FORMAT");
        }
        return switch (type.getTypeRoot()) {
            case CHAR,
                    VARCHAR,
                    BOOLEAN,
                    BINARY,
                    VARBINARY,
                    DECIMAL,
                    TINYINT,
                    SMALLINT,
                    INTEGER,
                    BIGINT,
                    FLOAT,
                    DOUBLE,
                    VARIANT,
                    NULL ->
                    Optional.empty();
            case ARRAY, ROW, STRUCTURED_TYPE, DISTINCT_TYPE -> problemOfChild(type);
            case MAP ->
                    isText(type.getChildren().get(0))
                            ? problem(type.getChildren().get(1))
                            : Optional.of("the keys of a map must be STRING");
            default -> Optional.of("no value stands for it. Convert it with CAST");
        };
    }

    private static Optional<String> problemOfChild(LogicalType type) {
        return type.getChildren().stream().flatMap(child -> problem(child).stream()).findFirst();
    }

    static boolean isText(LogicalType type) {
        return type.is(LogicalTypeFamily.CHARACTER_STRING);
    }

    /** Whether values of a type are whole numbers. */
    public static boolean isWhole(LogicalType type) {
        return type.is(LogicalTypeFamily.INTEGER_NUMERIC)
                || type.is(LogicalTypeRoot.DECIMAL) && scale(type) == 0;
    }

    static int scale(LogicalType decimal) {
        return ((DecimalType) decimal).getScale();
    }
}
