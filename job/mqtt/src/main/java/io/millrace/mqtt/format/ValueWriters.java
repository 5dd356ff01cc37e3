package io.millrace.mqtt.format;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.MapData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeFamily;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.RowType;

/**
 * Chooses the writer of a type; what it writes, {@link ValueReaders} read. NaN and infinities, for
 * which JSON has no number, become null. Stateless.
 */
final class ValueWriters {
    private ValueWriters() {}

    /**
     * Makes the writer of a type.
     *
     * @param path where the type stands, for the complaint
     * @throws IllegalArgumentException if JSON has no form for it
     */
    static ValueWriter of(LogicalType type, String path) {
        return switch (type.getTypeRoot()) {
            case BOOLEAN -> (value, out) -> out.writeBoolean((Boolean) value);
            case TINYINT, SMALLINT, INTEGER, BIGINT ->
                    (value, out) -> out.writeNumber(((Number) value).longValue());
            case FLOAT -> (value, out) -> writeFloat((Float) value, out);
            case DOUBLE -> (value, out) -> writeDouble((Double) value, out);
            case DECIMAL -> (value, out) -> out.writeNumber(((DecimalData) value).toBigDecimal());
            case CHAR, VARCHAR -> (value, out) -> out.writeString(value.toString());
            case BINARY, VARBINARY -> (value, out) -> out.writeBinary((byte[]) value);
            case DATE ->
                    (value, out) ->
                            out.writeString(LocalDate.ofEpochDay((Integer) value).toString());
            case TIME_WITHOUT_TIME_ZONE ->
                    (value, out) ->
                            out.writeString(
                                    LocalTime.ofNanoOfDay((Integer) value * 1_000_000L).toString());
            case TIMESTAMP_WITHOUT_TIME_ZONE ->
                    (value, out) ->
                            out.writeString(((TimestampData) value).toLocalDateTime().toString());
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
                    (value, out) -> out.writeString(((TimestampData) value).toInstant().toString());
            case ROW -> row((RowType) type, path);
            case ARRAY -> array(((ArrayType) type).getElementType(), path);
            case MAP -> map((MapType) type, path);
            default ->
                    throw new IllegalArgumentException(
                            "Format 'payload-json' cannot write '"
                                    + (path.isEmpty() ? "payload" : path)
                                    + "' of type "
                                    + type.asSummaryString()
                                    + ". Convert it in the query, to STRING for example.");
        };
    }

    private static void writeDouble(double value, JsonGenerator out) throws IOException {
        if (Double.isFinite(value)) {
            out.writeNumber(value);
        } else {
            out.writeNull();
        }
    }

    private static void writeFloat(float value, JsonGenerator out) throws IOException {
        if (Float.isFinite(value)) {
            out.writeNumber(value);
        } else {
            out.writeNull();
        }
    }

    private static ValueWriter row(RowType type, String path) {
        record Field(String name, RowData.FieldGetter getter, ValueWriter writer) {}
        List<Field> fields =
                IntStream.range(0, type.getFieldCount())
                        .mapToObj(
                                i -> {
                                    String name = type.getFieldNames().get(i);
                                    return new Field(
                                            name,
                                            RowData.createFieldGetter(type.getTypeAt(i), i),
                                            of(
                                                    type.getTypeAt(i),
                                                    path.isEmpty() ? name : path + "." + name));
                                })
                        .toList();
        return (value, out) -> {
            out.writeStartObject();
            for (Field field : fields) {
                out.writeFieldName(field.name());
                write(field.writer(), field.getter().getFieldOrNull((RowData) value), out);
            }
            out.writeEndObject();
        };
    }

    private static ValueWriter array(LogicalType elementType, String path) {
        ArrayData.ElementGetter getter = ArrayData.createElementGetter(elementType);
        ValueWriter element = of(elementType, path + "[]");
        return (value, out) -> {
            ArrayData array = (ArrayData) value;
            out.writeStartArray();
            for (int i = 0; i < array.size(); i++) {
                write(element, getter.getElementOrNull(array, i), out);
            }
            out.writeEndArray();
        };
    }

    private static ValueWriter map(MapType type, String path) {
        if (!type.getKeyType().is(LogicalTypeFamily.CHARACTER_STRING)) {
            throw new IllegalArgumentException(
                    "Format 'payload-json' cannot write '"
                            + path
                            + "' of type "
                            + type.asSummaryString()
                            + ": the names of a JSON object are text. Make it MAP<STRING, ...>.");
        }
        ArrayData.ElementGetter getter = ArrayData.createElementGetter(type.getValueType());
        ValueWriter member = of(type.getValueType(), path + ".*");
        return (value, out) -> {
            MapData map = (MapData) value;
            ArrayData names = map.keyArray();
            ArrayData values = map.valueArray();
            out.writeStartObject();
            for (int i = 0; i < map.size(); i++) {
                out.writeFieldName(names.isNullAt(i) ? "null" : names.getString(i).toString());
                write(member, getter.getElementOrNull(values, i), out);
            }
            out.writeEndObject();
        };
    }

    /** A value that may be null. */
    static void write(ValueWriter writer, Object value, JsonGenerator out) throws IOException {
        if (value == null) {
            out.writeNull();
        } else {
            writer.write(value, out);
        }
    }
}
