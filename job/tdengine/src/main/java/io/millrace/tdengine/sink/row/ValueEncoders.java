package io.millrace.tdengine.sink.row;

import io.millrace.tdengine.client.TDengineType;
import io.millrace.tdengine.client.TargetColumn;
import io.millrace.tdengine.client.TimePrecision;
import java.time.Clock;
import java.util.Optional;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeFamily;
import org.apache.flink.table.types.logical.LogicalTypeRoot;

/** Finds the encoder for a source and a column. */
final class ValueEncoders {
    private final TimePrecision precision;
    private final EncodingRules rules;
    private final Clock clock;

    ValueEncoders(TimePrecision precision, EncodingRules rules, Clock clock) {
        this.precision = precision;
        this.rules = rules;
        this.clock = clock;
    }

    /** Empty if values of the source cannot be stored in the column. */
    Optional<ValueEncoder> find(ValueSource source, TargetColumn column) {
        if (source instanceof ValueSource.Moment && column.type() != TDengineType.TIMESTAMP) {
            return Optional.empty();
        }
        return Optional.ofNullable(
                switch (column.type()) {
                    case TIMESTAMP -> time(source);
                    case BOOL -> bool(source);
                    case TINYINT,
                            SMALLINT,
                            INT,
                            BIGINT,
                            TINYINT_UNSIGNED,
                            SMALLINT_UNSIGNED,
                            INT_UNSIGNED,
                            BIGINT_UNSIGNED,
                            FLOAT,
                            DOUBLE,
                            DECIMAL ->
                            number(source, column);
                    case VARCHAR, NCHAR, GEOMETRY, JSON -> text(source, column);
                    case VARBINARY -> bytes(source, column);
                    case UNKNOWN -> null;
                });
    }

    private ValueEncoder time(ValueSource source) {
        TimeReader reader = TimeReader.of(source, precision, rules, clock);
        if (reader == null) {
            return null;
        }
        return (row, out) -> {
            long time = reader.read(row);
            if (time == TimeReader.NULL) {
                return false;
            }
            RowValues.append(out, time);
            return true;
        };
    }

    private static boolean isComposed(LogicalType type) {
        return type.is(LogicalTypeFamily.CONSTRUCTED);
    }

    private ValueEncoder text(ValueSource source, TargetColumn column) {
        if (source instanceof ValueSource.Field field
                && field.type().is(LogicalTypeFamily.BINARY_STRING)) {
            return null;
        }
        TextReader reader = TextReader.of(source);
        LengthCheck check = LengthCheck.of(column);
        return (row, out) -> {
            byte[] utf8 = reader.read(row);
            if (utf8 == null) {
                return false;
            }
            check.check(utf8);
            StringText.check(utf8);
            RowValues.append(out, utf8);
            return true;
        };
    }

    private static ValueEncoder bytes(ValueSource source, TargetColumn column) {
        LengthCheck check = LengthCheck.of(column);
        if (source instanceof ValueSource.Field field
                && field.type().is(LogicalTypeFamily.BINARY_STRING)) {
            FieldAccess access = new FieldAccess(field);
            int position = access.position();
            return (row, out) -> {
                RowData holder = access.holder(row);
                return holder != null && bytes(holder.getBinary(position), check, out);
            };
        }
        if (isText(source)) {
            TextReader reader = TextReader.of(source);
            return (row, out) -> {
                byte[] utf8 = reader.read(row);
                return utf8 != null && bytes(utf8, check, out);
            };
        }
        return null;
    }

    private static boolean bytes(byte[] value, LengthCheck check, GrowingBytes out)
            throws RowRejectedException {
        check.check(value);
        RowValues.append(out, value);
        return true;
    }

    private static boolean isText(ValueSource source) {
        return source instanceof ValueSource.Text
                || source instanceof ValueSource.Member
                || source instanceof ValueSource.WholeRow
                || source instanceof ValueSource.Constant c
                        && (c.value() == null || c.value() instanceof String)
                || source instanceof ValueSource.Field field
                        && field.type().is(LogicalTypeFamily.CHARACTER_STRING);
    }

    private ValueEncoder bool(ValueSource source) {
        if (source instanceof ValueSource.Field field && !isText(source)) {
            FieldAccess access = new FieldAccess(field);
            int position = access.position();
            if (field.type().is(LogicalTypeRoot.BOOLEAN)) {
                return (row, out) -> {
                    RowData holder = access.holder(row);
                    return holder != null && bool(holder.getBoolean(position), out);
                };
            }
            NumberReader number = NumberReader.of(field);
            if (number == null) {
                return null;
            }
            return (row, out) -> number.isNull(row) ? false : bool(number.isTrue(row), out);
        }
        TextReader reader = TextReader.of(source);
        return (row, out) -> {
            byte[] utf8 = reader.read(row);
            return utf8 != null && bool(BooleanWords.parse(utf8), out);
        };
    }

    private static boolean bool(boolean value, GrowingBytes out) {
        RowValues.append(out, value ? 1L : 0L);
        return true;
    }

    private ValueEncoder number(ValueSource source, TargetColumn column) {
        NumberColumn target = NumberColumn.of(column, rules.nonFinite());
        if (source instanceof ValueSource.Field field && !isText(source)) {
            NumberReader reader = isComposed(field.type()) ? null : NumberReader.of(field);
            return reader == null ? null : reader.into(target);
        }
        if (source instanceof ValueSource.Constant c && c.value() instanceof Boolean) {
            return null;
        }
        TextReader reader = TextReader.of(source);
        return (row, out) -> {
            byte[] utf8 = reader.read(row);
            return utf8 != null && target.text(utf8, out);
        };
    }
}
