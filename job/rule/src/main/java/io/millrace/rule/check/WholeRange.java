package io.millrace.rule.check;

import io.millrace.tdengine.client.TDengineType;
import java.math.BigInteger;
import java.util.Optional;
import org.apache.flink.table.types.logical.LogicalType;

/** The whole numbers that a type holds. */
record WholeRange(BigInteger least, BigInteger most) {

    private static WholeRange signed(int bits) {
        BigInteger end = BigInteger.TWO.pow(bits - 1);
        return new WholeRange(end.negate(), end.subtract(BigInteger.ONE));
    }

    private static WholeRange unsigned(int bits) {
        return new WholeRange(BigInteger.ZERO, BigInteger.TWO.pow(bits).subtract(BigInteger.ONE));
    }

    /** Of a column of whole numbers. */
    static Optional<WholeRange> of(TDengineType type) {
        return Optional.ofNullable(
                switch (type) {
                    case TINYINT -> signed(8);
                    case SMALLINT -> signed(16);
                    case INT -> signed(32);
                    case BIGINT -> signed(64);
                    case TINYINT_UNSIGNED -> unsigned(8);
                    case SMALLINT_UNSIGNED -> unsigned(16);
                    case INT_UNSIGNED -> unsigned(32);
                    case BIGINT_UNSIGNED -> unsigned(64);
                    default -> null;
                });
    }

    /** Of a query's output of whole numbers. */
    static Optional<WholeRange> of(LogicalType type) {
        return Optional.ofNullable(
                switch (type.getTypeRoot()) {
                    case TINYINT -> signed(8);
                    case SMALLINT -> signed(16);
                    case INTEGER -> signed(32);
                    case BIGINT -> signed(64);
                    default -> null;
                });
    }

    boolean contains(WholeRange other) {
        return least.compareTo(other.least) <= 0 && most.compareTo(other.most) >= 0;
    }

    boolean contains(BigInteger value) {
        return least.compareTo(value) <= 0 && most.compareTo(value) >= 0;
    }

    @Override
    public String toString() {
        return least + " to " + most;
    }
}
