package io.millrace.mqtt.table;

import java.time.LocalDate;
import java.time.LocalTime;
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

/** A row as values that JSON knows, for dead letters. Stateless. */
final class PlainRow {
    private PlainRow() {}

    /** The row's fields by name, in order. */
    static Map<String, Object> of(RowData row, RowType type) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (int i = 0; i < type.getFieldCount(); i++) {
            LogicalType fieldType = type.getTypeAt(i);
            Object value = RowData.createFieldGetter(fieldType, i).getFieldOrNull(row);
            fields.put(type.getFieldNames().get(i), value(value, fieldType));
        }
        return fields;
    }

    private static Object value(Object value, LogicalType type) {
        if (value == null) {
            return null;
        }
        return switch (type.getTypeRoot()) {
            case BOOLEAN, TINYINT, SMALLINT, INTEGER, BIGINT, FLOAT, DOUBLE -> value;
            case BINARY, VARBINARY -> value;
            case DECIMAL -> ((DecimalData) value).toBigDecimal();
            case DATE -> LocalDate.ofEpochDay((Integer) value).toString();
            case TIME_WITHOUT_TIME_ZONE ->
                    LocalTime.ofNanoOfDay((Integer) value * 1_000_000L).toString();
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> ((TimestampData) value).toInstant().toString();
            case ROW -> of((RowData) value, (RowType) type);
            case ARRAY -> list((ArrayData) value, ((ArrayType) type).getElementType());
            case MAP -> map((MapData) value, (MapType) type);
            default -> value.toString();
        };
    }

    private static List<Object> list(ArrayData array, LogicalType elementType) {
        ArrayData.ElementGetter getter = ArrayData.createElementGetter(elementType);
        List<Object> list = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            list.add(value(getter.getElementOrNull(array, i), elementType));
        }
        return list;
    }

    private static Map<String, Object> map(MapData map, MapType type) {
        List<Object> keys = list(map.keyArray(), type.getKeyType());
        List<Object> values = list(map.valueArray(), type.getValueType());
        Map<String, Object> plain = new LinkedHashMap<>();
        for (int i = 0; i < keys.size(); i++) {
            plain.put(String.valueOf(keys.get(i)), values.get(i));
        }
        return plain;
    }
}
