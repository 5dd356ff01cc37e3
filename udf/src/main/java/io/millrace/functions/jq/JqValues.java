package io.millrace.functions.jq;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.millrace.functions.value.Bits;
import io.millrace.functions.value.Bytes;
import io.millrace.functions.value.FunctionException;
import io.millrace.functions.value.Integers;
import io.millrace.functions.value.Json;
import io.millrace.functions.value.JsonNull;
import io.millrace.functions.value.Maps;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Values, and Jackson's trees that jackson-jq works on. Depth is bounded by their makers. */
final class JqValues {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** Integers up to here jq writes with all digits, and floats without a fraction as integers. */
    private static final double MOST_DIGITS = 1e17;

    private JqValues() {}

    /** The input of a program: a text is read as JSON, members of maps are in order. */
    static JsonNode input(Object value) {
        if (value instanceof String text) {
            return node(Json.decode(text), false, 0);
        }
        return value instanceof Bytes
                ? node(Json.decode(Bytes.of(value)), false, 0)
                : node(value, true, 0);
    }

    @SuppressWarnings("unchecked")
    private static JsonNode node(Object value, boolean ordered, int depth) {
        if (depth > Json.MOST_DEPTH) {
            throw JqEngine.failure("the input is more than " + Json.MOST_DEPTH + " deep.");
        }
        if (value instanceof Long integer) {
            return integer == (int) (long) integer
                    ? IntNode.valueOf((int) (long) integer)
                    : LongNode.valueOf(integer);
        }
        if (value instanceof BigInteger integer) {
            return NODES.numberNode(integer);
        }
        if (value instanceof Double number) {
            return DoubleNode.valueOf(number);
        }
        if (value instanceof Boolean bool) {
            return BooleanNode.valueOf(bool);
        }
        if (value instanceof List<?> list) {
            ArrayNode array = NODES.arrayNode(list.size());
            list.forEach(element -> array.add(node(element, ordered, depth + 1)));
            return array;
        }
        if (value instanceof Map<?, ?> map) {
            return object((Map<String, Object>) map, ordered, depth);
        }
        return value == JsonNull.NULL ? NullNode.getInstance() : text(value);
    }

    private static JsonNode object(Map<String, Object> map, boolean ordered, int depth) {
        ObjectNode object = NODES.objectNode();
        Iterable<String> names = ordered ? Maps.names(map) : map.keySet();
        for (String name : names) {
            object.set(name, node(map.get(name), ordered, depth + 1));
        }
        return object;
    }

    /** As JSON has it: undefined and symbols by their names. */
    private static JsonNode text(Object value) {
        if (value instanceof Bits) {
            throw new FunctionException(
                    "badarg", "jq: bits that are no whole bytes have no JSON: " + value + ".");
        }
        if (value instanceof Bytes) {
            return TextNode.valueOf(new String(Bytes.of(value), StandardCharsets.UTF_8));
        }
        return TextNode.valueOf(value == null ? "undefined" : value.toString());
    }

    /** The answer of arithmetic, as jq writes it. */
    static JsonNode number(double number) {
        if (number != Math.rint(number) || Math.abs(number) >= MOST_DIGITS) {
            return DoubleNode.valueOf(number);
        }
        return number == (int) number
                ? IntNode.valueOf((int) number)
                : LongNode.valueOf((long) number);
    }

    /** A result as a value. */
    static Object value(JsonNode node) {
        return switch (node.getNodeType()) {
            case ARRAY -> {
                List<Object> list = new ArrayList<>(node.size());
                node.forEach(element -> list.add(value(element)));
                yield list;
            }
            case OBJECT -> {
                Map<String, Object> map = new LinkedHashMap<>();
                node.properties()
                        .forEach(member -> map.put(member.getKey(), value(member.getValue())));
                yield map;
            }
            case STRING -> node.textValue();
            case BOOLEAN -> node.booleanValue();
            case NUMBER ->
                    node.isIntegralNumber()
                            ? Integers.value(node.bigIntegerValue())
                            : real(node.doubleValue());
            default -> JsonNull.NULL;
        };
    }

    /** JSON has neither NaN nor infinities. */
    private static Object real(double number) {
        if (Double.isNaN(number)) {
            return JsonNull.NULL;
        }
        return Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, number));
    }
}
