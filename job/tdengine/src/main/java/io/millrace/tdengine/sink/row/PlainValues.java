package io.millrace.tdengine.sink.row;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.MapData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.RowType;

/**
 * Flink's internal values as values that JSON knows: texts, numbers, booleans, bytes, lists, maps.
 * For dead letters, names and text columns. Stateless.
 */
public final class PlainValues {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private PlainValues() {}

    /** The row's fields by name, in order. */
    public static Map<String, Object> ofRow(RowData row, RowType type) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < type.getFieldCount(); i++) {
            LogicalType fieldType = type.getTypeAt(i);
            Object value = RowData.createFieldGetter(fieldType, i).getFieldOrNull(row);
            map.put(type.getFieldNames().get(i), of(value, fieldType));
        }
        return map;
    }

    /** One value of Flink's internal form. */
    static Object of(Object value, LogicalType type) {
        if (value == null) {
            return null;
        }
        return switch (type.getTypeRoot()) {
            case CHAR, VARCHAR -> value.toString();
            case BOOLEAN, TINYINT, SMALLINT, INTEGER, BIGINT, FLOAT, DOUBLE -> value;
            case BINARY, VARBINARY -> value;
            case DECIMAL -> ((DecimalData) value).toBigDecimal();
            case DATE -> LocalDate.ofEpochDay((Integer) value).toString();
            case TIME_WITHOUT_TIME_ZONE ->
                    LocalTime.ofNanoOfDay((Integer) value * 1_000_000L).toString();
            // A time without a zone is taken for UTC, here as when it is written.
            case TIMESTAMP_WITHOUT_TIME_ZONE ->
                    ((TimestampData) value).toLocalDateTime().toInstant(ZoneOffset.UTC).toString();
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> ((TimestampData) value).toInstant().toString();
            case ROW -> ofRow((RowData) value, (RowType) type);
            case ARRAY -> ofArray((ArrayData) value, ((ArrayType) type).getElementType());
            case MAP -> ofMap((MapData) value, (MapType) type);
            default -> value.toString();
        };
    }

    private static List<Object> ofArray(ArrayData array, LogicalType elementType) {
        ArrayData.ElementGetter getter = ArrayData.createElementGetter(elementType);
        List<Object> list = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            list.add(of(getter.getElementOrNull(array, i), elementType));
        }
        return list;
    }

    private static Map<String, Object> ofMap(MapData map, MapType type) {
        List<Object> keys = ofArray(map.keyArray(), type.getKeyType());
        List<Object> values = ofArray(map.valueArray(), type.getValueType());
        Map<String, Object> plain = new LinkedHashMap<>();
        for (int i = 0; i < keys.size(); i++) {
            plain.put(String.valueOf(keys.get(i)), values.get(i));
        }
        return plain;
    }

    /** A plain value as text: what is composed becomes JSON. */
    static String text(Object plain) {
        if (plain instanceof Map || plain instanceof List) {
            try {
                return MAPPER.writeValueAsString(plain);
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("Maps and lists of plain values are JSON", e);
            }
        }
        return plain instanceof java.math.BigDecimal decimal
                ? decimal.toPlainString()
                : String.valueOf(plain);
    }

    /** A value shortened for a message. */
    static String shortened(String text) {
        return text.length() <= 60 ? text : text.substring(0, 57) + "...";
    }
}
