package io.millrace.functions.convert;

import io.millrace.functions.value.Bytes;
import io.millrace.functions.value.FunctionException;
import io.millrace.functions.value.Integers;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.MapData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.DistinctType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.StructuredType;
import org.apache.flink.types.variant.Variant;

/**
 * Makes readers.
 *
 * <p>SQL has one NULL and the functions have two. A NULL inside an array, a map or a row is read as
 * what the caller says.
 */
public final class ValueReaders {
    private final Object nullMember;

    /**
     * Creates a maker.
     *
     * @param nullMember what a NULL inside an array, a map or a row is: JSON's null, or null for
     *     undefined
     */
    public ValueReaders(Object nullMember) {
        this.nullMember = nullMember;
    }

    /** Makes a reader of a type that {@link Readable} allows. */
    public ValueReader of(LogicalType type) {
        return switch (type.getTypeRoot()) {
            case CHAR, VARCHAR -> Object::toString;
            case BOOLEAN, BIGINT -> data -> data;
            case TINYINT, SMALLINT, INTEGER -> data -> ((Number) data).longValue();
            case FLOAT -> data -> shortest((Float) data);
            case DOUBLE -> data -> finite((Double) data);
            case DECIMAL ->
                    Readable.scale(type) == 0
                            ? data -> whole((DecimalData) data)
                            : data -> ((DecimalData) data).toBigDecimal().doubleValue();
            case BINARY, VARBINARY -> data -> Bytes.value((byte[]) data);
            case ARRAY -> array(type.getChildren().get(0));
            case MAP -> map(type.getChildren().get(0), type.getChildren().get(1));
            case ROW -> row(((RowType) type).getFieldNames(), type.getChildren());
            case STRUCTURED_TYPE -> row(names((StructuredType) type), type.getChildren());
            case DISTINCT_TYPE -> of(((DistinctType) type).getSourceType());
            case VARIANT -> data -> VariantValues.read((Variant) data);
            case NULL -> data -> null;
            default -> throw new IllegalArgumentException("Not readable: " + type);
        };
    }

    private static List<String> names(StructuredType type) {
        return type.getAttributes().stream()
                .map(StructuredType.StructuredAttribute::getName)
                .toList();
    }

    private static Double finite(Double number) {
        if (Double.isFinite(number)) {
            return number;
        }
        throw new FunctionException(
                "badarith", "A number is " + number + "; allowed are finite numbers.");
    }

    /** As Flink shows it: 2.1 and not 2.0999999. */
    private static Double shortest(Float number) {
        if (Float.isFinite(number)) {
            return Double.valueOf(number.toString());
        }
        throw new FunctionException(
                "badarith", "A number is " + number + "; allowed are finite numbers.");
    }

    private static Object whole(DecimalData number) {
        return number.isCompact() ? (Object) number.toUnscaledLong() : whole(number.toBigDecimal());
    }

    /** Reads a number without decimals. */
    static Object whole(BigDecimal number) {
        return Integers.value(number.toBigIntegerExact());
    }

    private Object member(Object data, ValueReader reader) {
        return data == null ? nullMember : reader.read(data);
    }

    private ValueReader array(LogicalType type) {
        ValueReader reader = of(type);
        ArrayData.ElementGetter getter = ArrayData.createElementGetter(type);
        return data -> elements((ArrayData) data, getter, reader);
    }

    private List<Object> elements(
            ArrayData array, ArrayData.ElementGetter getter, ValueReader reader) {
        int size = array.size();
        List<Object> elements = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            elements.add(member(getter.getElementOrNull(array, i), reader));
        }
        return Collections.unmodifiableList(elements);
    }

    private ValueReader map(LogicalType keyType, LogicalType valueType) {
        ValueReader reader = of(valueType);
        ArrayData.ElementGetter keys = ArrayData.createElementGetter(keyType);
        ArrayData.ElementGetter values = ArrayData.createElementGetter(valueType);
        return data -> {
            MapData map = (MapData) data;
            Map<String, Object> members = new LinkedHashMap<>(map.size() * 2);
            ArrayData keyArray = map.keyArray();
            ArrayData valueArray = map.valueArray();
            for (int i = 0; i < map.size(); i++) {
                Object key = keys.getElementOrNull(keyArray, i);
                if (key == null) {
                    throw new FunctionException(
                            "badarg", "A key of a map is NULL; allowed are texts.");
                }
                members.put(key.toString(), member(values.getElementOrNull(valueArray, i), reader));
            }
            return Collections.unmodifiableMap(members);
        };
    }

    private ValueReader row(List<String> names, List<LogicalType> types) {
        int count = names.size();
        ValueReader[] readers = new ValueReader[count];
        RowData.FieldGetter[] getters = new RowData.FieldGetter[count];
        for (int i = 0; i < count; i++) {
            readers[i] = of(types.get(i));
            getters[i] = RowData.createFieldGetter(types.get(i), i);
        }
        return data -> {
            Map<String, Object> members = new LinkedHashMap<>(count * 2);
            for (int i = 0; i < count; i++) {
                members.put(
                        names.get(i),
                        member(getters[i].getFieldOrNull((RowData) data), readers[i]));
            }
            return Collections.unmodifiableMap(members);
        };
    }
}
