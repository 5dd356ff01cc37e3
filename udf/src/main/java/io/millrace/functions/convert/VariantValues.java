package io.millrace.functions.convert;

import io.millrace.functions.value.Bytes;
import io.millrace.functions.value.FunctionException;
import io.millrace.functions.value.JsonNull;
import io.millrace.functions.value.Symbol;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.types.variant.Variant;
import org.apache.flink.types.variant.VariantBuilder;

/** VARIANT as values, and back. Times in a VARIANT are read as the text that its JSON has. */
final class VariantValues {
    /** More than any message has, and far less than what a thread's stack holds. */
    private static final int MAX_DEPTH = 500;

    private static final int MAX_DIGITS = 38;

    private VariantValues() {}

    static Object read(Variant variant) {
        return read(variant, 0);
    }

    private static Object read(Variant variant, int depth) {
        checkDepth(depth);
        return switch (variant.getType()) {
            case NULL -> JsonNull.NULL;
            case BOOLEAN -> variant.getBoolean();
            case TINYINT -> (long) variant.getByte();
            case SMALLINT -> (long) variant.getShort();
            case INT -> (long) variant.getInt();
            case BIGINT -> variant.getLong();
            case FLOAT -> Double.valueOf(Float.toString(variant.getFloat()));
            case DOUBLE -> variant.getDouble();
            case DECIMAL -> number(variant.getDecimal());
            case STRING -> variant.getString();
            case BYTES -> Bytes.value(variant.getBytes());
            case DATE, TIMESTAMP, TIMESTAMP_LTZ -> unquoted(variant.toJson());
            case ARRAY -> array(variant, depth);
            case OBJECT -> object(variant, depth);
        };
    }

    private static String unquoted(String json) {
        return json.substring(1, json.length() - 1);
    }

    /** Whole numbers that a long cannot hold, and numbers with decimals, are both decimals here. */
    private static Object number(BigDecimal number) {
        return number.scale() <= 0 ? ValueReaders.whole(number) : (Object) number.doubleValue();
    }

    private static List<Object> array(Variant variant, int depth) {
        int size = variant.getArraySize();
        List<Object> elements = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            elements.add(read(variant.getElement(i), depth + 1));
        }
        return Collections.unmodifiableList(elements);
    }

    private static Map<String, Object> object(Variant variant, int depth) {
        List<String> names = variant.getFieldNames();
        Map<String, Object> members = new LinkedHashMap<>(names.size() * 2);
        for (String name : names) {
            members.put(name, read(variant.getField(name), depth + 1));
        }
        return Collections.unmodifiableMap(members);
    }

    static Variant write(Object value) {
        return write(value, Variant.newBuilder(), 0);
    }

    private static Variant write(Object value, VariantBuilder builder, int depth) {
        checkDepth(depth);
        if (value == null || value == JsonNull.NULL) {
            return builder.ofNull();
        }
        if (value instanceof String text) {
            return builder.of(text);
        }
        if (value instanceof Long number) {
            return builder.of(number.longValue());
        }
        if (value instanceof Double number) {
            return builder.of(number.doubleValue());
        }
        if (value instanceof Boolean truth) {
            return builder.of(truth.booleanValue());
        }
        if (value instanceof List<?> list) {
            VariantBuilder.VariantArrayBuilder array = builder.array();
            list.forEach(element -> array.add(write(element, builder, depth + 1)));
            return array.build();
        }
        if (value instanceof Map<?, ?> map) {
            VariantBuilder.VariantObjectBuilder object = builder.object();
            map.forEach(
                    (name, member) ->
                            object.add(name.toString(), write(member, builder, depth + 1)));
            return object.build();
        }
        if (value instanceof BigInteger number) {
            return builder.of(decimal(number));
        }
        if (value instanceof Symbol symbol) {
            return builder.of(symbol.text());
        }
        byte[] bytes = Bytes.of(value);
        return bytes != null ? builder.of(bytes) : (Variant) ValueWriters.refuse(value, "VARIANT");
    }

    private static BigDecimal decimal(BigInteger number) {
        BigDecimal decimal = new BigDecimal(number);
        if (decimal.precision() > MAX_DIGITS) {
            throw ValueWriters.tooLarge(number, "VARIANT");
        }
        return decimal;
    }

    private static void checkDepth(int depth) {
        if (depth > MAX_DEPTH) {
            throw new FunctionException(
                    "badarg",
                    "A VARIANT is nested more than "
                            + MAX_DEPTH
                            + " levels deep, which is the most"
                            + " that is allowed.");
        }
    }
}
