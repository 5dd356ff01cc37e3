package io.millrace.tdengine.sink.schema;

import io.millrace.tdengine.client.TDengineType;
import io.millrace.tdengine.client.TargetColumn;
import io.millrace.tdengine.sink.row.ValueSource;
import java.math.BigDecimal;
import java.util.Optional;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.utils.LogicalTypeChecks;

/**
 * The type of a column or tag that is made for a value. Texts become NCHAR, which counts characters
 * as Flink does and holds any of them. Stateless.
 */
final class ColumnTypes {
    /** Of a text without a declared length, in a column and in a tag; four bytes a character. */
    static final int TEXT_LENGTH = 256;

    static final int TAG_TEXT_LENGTH = 64;

    private static final int MAX_NCHAR = 16_379;
    private static final int MAX_NCHAR_TAG = 4_095;
    private static final int MAX_BYTES = 65_517;
    private static final int MAX_BYTES_TAG = 16_382;

    private ColumnTypes() {}

    /** The longest that a column of this type may be, whatever else is in the row. */
    static int maxLength(TDengineType type, boolean tag) {
        if (type == TDengineType.NCHAR) {
            return tag ? MAX_NCHAR_TAG : MAX_NCHAR;
        }
        return tag ? MAX_BYTES_TAG : MAX_BYTES;
    }

    /** Empty if there is no type that could hold the values. */
    static Optional<TargetColumn> column(String name, ValueSource source, TargetColumn.Role role) {
        if (role == TargetColumn.Role.TIME || source instanceof ValueSource.Moment) {
            return Optional.of(plain(name, TDengineType.TIMESTAMP, role));
        }
        if (source instanceof ValueSource.Field field) {
            return ofField(name, field.type(), role);
        }
        if (source instanceof ValueSource.Constant constant) {
            return ofConstant(name, constant.value(), role);
        }
        return Optional.of(text(name, Integer.MAX_VALUE, role));
    }

    private static Optional<TargetColumn> ofConstant(
            String name, Object value, TargetColumn.Role role) {
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof String) {
            return Optional.of(text(name, Integer.MAX_VALUE, role));
        }
        TDengineType type = TDengineType.BOOL;
        if (value instanceof BigDecimal number) {
            type =
                    number.stripTrailingZeros().scale() <= 0
                            ? TDengineType.BIGINT
                            : TDengineType.DOUBLE;
        }
        return Optional.of(plain(name, type, role));
    }

    private static Optional<TargetColumn> ofField(
            String name, LogicalType type, TargetColumn.Role role) {
        return Optional.ofNullable(
                switch (type.getTypeRoot()) {
                    case BOOLEAN -> plain(name, TDengineType.BOOL, role);
                    case TINYINT -> plain(name, TDengineType.TINYINT, role);
                    case SMALLINT -> plain(name, TDengineType.SMALLINT, role);
                    case INTEGER -> plain(name, TDengineType.INT, role);
                    case BIGINT -> plain(name, TDengineType.BIGINT, role);
                    case FLOAT -> plain(name, TDengineType.FLOAT, role);
                    case DOUBLE -> plain(name, TDengineType.DOUBLE, role);
                    case DECIMAL -> decimal(name, (DecimalType) type, role);
                    case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
                            plain(name, TDengineType.TIMESTAMP, role);
                    case CHAR, VARCHAR -> text(name, LogicalTypeChecks.getLength(type), role);
                    case BINARY, VARBINARY ->
                            limited(
                                    name,
                                    TDengineType.VARBINARY,
                                    LogicalTypeChecks.getLength(type),
                                    role);
                    // What has no type of its own is written as text, what is composed as JSON.
                    case DATE, TIME_WITHOUT_TIME_ZONE -> text(name, 32, role);
                    case ROW, ARRAY, MAP -> text(name, Integer.MAX_VALUE, role);
                    default -> null;
                });
    }

    private static TargetColumn plain(String name, TDengineType type, TargetColumn.Role role) {
        return new TargetColumn(name, type, 0, 0, role);
    }

    private static TargetColumn decimal(String name, DecimalType type, TargetColumn.Role role) {
        // The form in which the catalog shows an unsigned BIGINT.
        return type.getScale() == 0 && type.getPrecision() == 20
                ? plain(name, TDengineType.BIGINT_UNSIGNED, role)
                : new TargetColumn(
                        name, TDengineType.DECIMAL, type.getPrecision(), type.getScale(), role);
    }

    private static TargetColumn text(String name, int length, TargetColumn.Role role) {
        return limited(name, TDengineType.NCHAR, length, role);
    }

    private static TargetColumn limited(
            String name, TDengineType type, int length, TargetColumn.Role role) {
        boolean tag = role == TargetColumn.Role.TAG;
        int usual = tag ? TAG_TEXT_LENGTH : TEXT_LENGTH;
        int given =
                length == Integer.MAX_VALUE
                        ? usual
                        : Math.min(Math.max(1, length), maxLength(type, tag));
        return new TargetColumn(name, type, given, 0, role);
    }
}
