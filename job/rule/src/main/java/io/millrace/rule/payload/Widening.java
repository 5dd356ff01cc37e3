package io.millrace.rule.payload;

import java.util.Optional;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.DoubleType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeFamily;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.VarCharType;

/** How the types that several uses ask for become one. Stateless. */
final class Widening {
    private Widening() {}

    /** The type that serves both, or nothing where one is a number and the other is not. */
    static Optional<LogicalType> widest(LogicalType a, LogicalType b) {
        if (a.equals(b)) {
            return Optional.of(a);
        }
        if (is(a, LogicalTypeFamily.CHARACTER_STRING)
                && is(b, LogicalTypeFamily.CHARACTER_STRING)) {
            return Optional.of(VarCharType.STRING_TYPE);
        }
        if (is(a, LogicalTypeFamily.INTEGER_NUMERIC) && is(b, LogicalTypeFamily.INTEGER_NUMERIC)) {
            return Optional.of(new BigIntType());
        }
        if (is(a, LogicalTypeFamily.NUMERIC) && is(b, LogicalTypeFamily.NUMERIC)) {
            return Optional.of(new DoubleType());
        }
        return Optional.empty();
    }

    /** The type, or the one to take where no use asks for a certain one. */
    static LogicalType orDefault(LogicalType type, boolean number) {
        if (type == null) {
            return number ? new DoubleType() : VarCharType.STRING_TYPE;
        }
        // A CHAR(n) or VARCHAR(n) would make Flink pad or cut; the target checks lengths itself.
        return is(type, LogicalTypeFamily.CHARACTER_STRING) ? VarCharType.STRING_TYPE : type;
    }

    /**
     * The number type for arithmetic that ends in a column of this type; null if it is no number.
     */
    static LogicalType forArithmetic(LogicalType type) {
        if (type == null || !is(type, LogicalTypeFamily.NUMERIC)) {
            return null;
        }
        if (is(type, LogicalTypeFamily.INTEGER_NUMERIC)) {
            return new BigIntType();
        }
        return type.getTypeRoot() == LogicalTypeRoot.DECIMAL ? type : new DoubleType();
    }

    private static boolean is(LogicalType type, LogicalTypeFamily family) {
        return type.is(family);
    }
}
