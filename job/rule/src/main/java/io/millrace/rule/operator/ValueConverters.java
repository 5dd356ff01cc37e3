package io.millrace.rule.operator;

import io.millrace.functions.time.EpochUnit;
import io.millrace.functions.value.Bits;
import io.millrace.functions.value.Bytes;
import io.millrace.functions.value.Described;
import io.millrace.functions.value.FloatText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeFamily;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.RowType;

/** Finds the converter for a type. Stateless. */
public final class ValueConverters {
    private ValueConverters() {}

    /** Whether a value of the dialect can go into a column of the type. */
    public static boolean know(LogicalType type) {
        return of(type, EpochUnit.MILLISECOND) != null;
    }

    /**
     * Finds a converter.
     *
     * @param unit of whole numbers that become times
     * @return null if there is none
     */
    static ValueConverter of(LogicalType type, EpochUnit unit) {
        return switch (type.getTypeRoot()) {
            case BOOLEAN -> ValueConverters::truth;
            case TINYINT ->
                    NumberConverters.whole(type, Byte.MIN_VALUE, Byte.MAX_VALUE, n -> (byte) n);
            case SMALLINT ->
                    NumberConverters.whole(type, Short.MIN_VALUE, Short.MAX_VALUE, n -> (short) n);
            case INTEGER ->
                    NumberConverters.whole(
                            type, Integer.MIN_VALUE, Integer.MAX_VALUE, n -> (int) n);
            case BIGINT ->
                    NumberConverters.whole(type, Long.MIN_VALUE, Long.MAX_VALUE, n -> (Long) n);
            case FLOAT -> NumberConverters.single(type);
            case DOUBLE -> NumberConverters.real(type);
            case DECIMAL -> NumberConverters.decimal((DecimalType) type);
            case CHAR, VARCHAR -> value -> StringData.fromString(text(value));
            case BINARY, VARBINARY -> ValueConverters::bytes;
            case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
                    new TimeConverter(unit);
            case ARRAY -> array((ArrayType) type, unit);
            case MAP -> map((MapType) type, unit);
            case ROW -> row((RowType) type, unit);
            default -> null;
        };
    }

    private static Object truth(Object value) throws MisfitException {
        if (value instanceof Boolean) {
            return value;
        }
        if (value instanceof Long || value instanceof String) {
            switch (value.toString()) {
                case "true", "1":
                    return true;
                case "false", "0":
                    return false;
                default:
                    break;
            }
        }
        throw new MisfitException(
                Described.of(value) + " is no BOOLEAN; allowed are true, false, 1 and 0.");
    }

    /** The text of a value; floats have all their digits, maps and arrays are JSON. */
    static String text(Object value) throws MisfitException {
        if (value instanceof String text) {
            return text;
        }
        if (value instanceof Double number) {
            return FloatText.shortest(number);
        }
        if (value instanceof Bytes || value instanceof Bits) {
            throw new MisfitException(
                    Described.of(value)
                            + " is no UTF-8 text; use bin2hexstr() or base64_encode(), or a column of bytes.");
        }
        return value instanceof Map || value instanceof List
                ? OutputJson.of(value)
                : value.toString();
    }

    private static Object bytes(Object value) throws MisfitException {
        byte[] bytes = Bytes.of(value);
        return bytes != null ? bytes : Bytes.of(text(value));
    }

    private static ValueConverter array(ArrayType type, EpochUnit unit) {
        ValueConverter element = of(type.getElementType(), unit);
        return element == null
                ? null
                : value -> {
                    if (!(value instanceof List<?> list)) {
                        throw new MisfitException(Described.of(value) + " is no array.");
                    }
                    Object[] elements = new Object[list.size()];
                    for (int i = 0; i < elements.length; i++) {
                        elements[i] = ValueConverter.orNull(element, list.get(i));
                    }
                    return new GenericArrayData(elements);
                };
    }

    private static ValueConverter map(MapType type, EpochUnit unit) {
        ValueConverter member = of(type.getValueType(), unit);
        return member == null || !type.getKeyType().is(LogicalTypeFamily.CHARACTER_STRING)
                ? null
                : value -> {
                    Map<Object, Object> members = new HashMap<>();
                    for (Map.Entry<?, ?> entry : asMap(value).entrySet()) {
                        members.put(
                                StringData.fromString(entry.getKey().toString()),
                                ValueConverter.orNull(member, entry.getValue()));
                    }
                    return new GenericMapData(members);
                };
    }

    private static ValueConverter row(RowType type, EpochUnit unit) {
        List<ValueConverter> fields = new ArrayList<>();
        for (LogicalType field : type.getChildren()) {
            ValueConverter converter = of(field, unit);
            if (converter == null) {
                return null;
            }
            fields.add(converter);
        }
        return value -> {
            Map<?, ?> members = asMap(value);
            GenericRowData row = new GenericRowData(fields.size());
            for (int i = 0; i < fields.size(); i++) {
                row.setField(
                        i,
                        ValueConverter.orNull(
                                fields.get(i), members.get(type.getFieldNames().get(i))));
            }
            return row;
        };
    }

    private static Map<?, ?> asMap(Object value) throws MisfitException {
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw new MisfitException(Described.of(value) + " is no map.");
    }
}
