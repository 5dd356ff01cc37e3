package io.millrace.functions.convert;

import io.millrace.functions.value.Bytes;
import io.millrace.functions.value.Described;
import io.millrace.functions.value.FunctionException;
import io.millrace.functions.value.Integers;
import io.millrace.functions.value.JsonNull;
import io.millrace.functions.value.Symbol;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;

/** Makes writers. */
public final class ValueWriters {
    private ValueWriters() {}

    /** Makes a writer of a type, which is one that {@link Writable} gives. */
    public static ValueWriter of(LogicalType type) {
        ValueWriter writer = notNull(type);
        return value -> value == null || value == JsonNull.NULL ? null : writer.write(value);
    }

    private static ValueWriter notNull(LogicalType type) {
        String name = type.copy(true).asSummaryString();
        return switch (type.getTypeRoot()) {
            case CHAR, VARCHAR -> value -> text(value, name);
            case BOOLEAN -> value -> value instanceof Boolean ? value : refuse(value, name);
            case TINYINT -> value -> (byte) whole(value, Byte.MIN_VALUE, Byte.MAX_VALUE, name);
            case SMALLINT -> value -> (short) whole(value, Short.MIN_VALUE, Short.MAX_VALUE, name);
            case INTEGER -> value -> (int) whole(value, Integer.MIN_VALUE, Integer.MAX_VALUE, name);
            case BIGINT ->
                    value ->
                            value instanceof Long
                                    ? value
                                    : (Object) whole(value, Long.MIN_VALUE, Long.MAX_VALUE, name);
            case FLOAT -> value -> (float) real(value, name);
            case DOUBLE -> value -> value instanceof Double ? value : (Object) real(value, name);
            case DECIMAL -> decimal((DecimalType) type, name);
            case BINARY, VARBINARY -> value -> bytes(value, name);
            case ARRAY -> array(type.getChildren().get(0), name);
            case MAP -> map(type.getChildren().get(1), name);
            case ROW -> row((RowType) type, name);
            case VARIANT -> VariantValues::write;
            default -> throw new IllegalArgumentException("Not writable: " + type);
        };
    }

    private static StringData text(Object value, String type) {
        if (value instanceof String || value instanceof Symbol) {
            return StringData.fromString(value.toString());
        }
        if (value instanceof Bytes) {
            throw new FunctionException(
                    "badarg",
                    "The answer is bytes that are no UTF-8 text, which " + type + " needs.");
        }
        return (StringData) refuse(value, type);
    }

    private static byte[] bytes(Object value, String type) {
        byte[] bytes = Bytes.of(value);
        return bytes != null ? bytes : (byte[]) refuse(value, type);
    }

    private static long whole(Object value, long min, long max, String type) {
        if (value instanceof Long number) {
            if (number >= min && number <= max) {
                return number;
            }
            throw tooLarge(number, type);
        }
        if (value instanceof BigInteger number) {
            throw tooLarge(number, type);
        }
        return (Long) refuse(value, type);
    }

    private static double real(Object value, String type) {
        return value instanceof Number number ? number.doubleValue() : (Double) refuse(value, type);
    }

    private static ValueWriter decimal(DecimalType type, String name) {
        return value -> {
            if (!(value instanceof Number) || value instanceof Double) {
                return refuse(value, name);
            }
            DecimalData decimal =
                    DecimalData.fromBigDecimal(
                            new BigDecimal(Integers.big(value)),
                            type.getPrecision(),
                            type.getScale());
            if (decimal == null) {
                throw tooLarge((Number) value, name);
            }
            return decimal;
        };
    }

    private static ValueWriter array(LogicalType type, String name) {
        ValueWriter writer = of(type);
        return value -> {
            if (!(value instanceof List<?> list)) {
                return refuse(value, name);
            }
            Object[] elements = new Object[list.size()];
            for (int i = 0; i < elements.length; i++) {
                elements[i] = writer.write(list.get(i));
            }
            return new GenericArrayData(elements);
        };
    }

    private static ValueWriter map(LogicalType type, String name) {
        ValueWriter writer = of(type);
        return value -> {
            if (!(value instanceof Map<?, ?> map)) {
                return refuse(value, name);
            }
            Map<StringData, Object> members = new LinkedHashMap<>(map.size() * 2);
            map.forEach(
                    (key, member) ->
                            members.put(
                                    StringData.fromString(key.toString()), writer.write(member)));
            return new GenericMapData(members);
        };
    }

    private static ValueWriter row(RowType type, String name) {
        List<String> names = type.getFieldNames();
        ValueWriter[] writers =
                type.getChildren().stream().map(ValueWriters::of).toArray(ValueWriter[]::new);
        return value -> {
            if (!(value instanceof Map<?, ?> map)) {
                return refuse(value, name);
            }
            GenericRowData row = new GenericRowData(writers.length);
            for (int i = 0; i < writers.length; i++) {
                row.setField(i, writers[i].write(map.get(names.get(i))));
            }
            return row;
        };
    }

    static FunctionException tooLarge(Number value, String type) {
        return new FunctionException(
                "badarith",
                "The answer " + Described.of(value) + " is too large for " + type + ".");
    }

    static Object refuse(Object value, String type) {
        throw new FunctionException(
                "badarg", "The answer " + Described.of(value) + " is no value of " + type + ".");
    }
}
