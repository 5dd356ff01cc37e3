package io.millrace.rule.emqx;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.functions.value.Bits;
import io.millrace.functions.value.Bytes;
import io.millrace.functions.value.JsonNull;
import io.millrace.functions.value.Symbol;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Compares values with what vectors expect. */
final class Expected {
    /** Heads that say which clause of EMQX's code failed; any error conforms. */
    private static final Set<String> INFORMATIVE =
            Set.of(
                    "function_clause",
                    "case_clause",
                    "if_clause",
                    "badmatch",
                    "bad_generator",
                    "bad_formatter_or_date",
                    "bad_time_offset_hour");

    private final boolean nearly;
    private final boolean jsonText;

    /**
     * Creates one.
     *
     * @param nearly whether floats may differ in the last digits
     * @param jsonText whether the order of members within JSON texts is free
     */
    Expected(boolean nearly, boolean jsonText) {
        this.nearly = nearly;
        this.jsonText = jsonText;
    }

    /** Whether a failure has the head that a vector expects. */
    static boolean isHead(JsonNode expect, String head) {
        return !expect.has("error")
                || INFORMATIVE.contains(expect.get("error").asText())
                || expect.get("error").asText().equals(head);
    }

    /** Whether a value is the expected one. */
    boolean matches(JsonNode expected, Object value) {
        if (expected.isObject()) {
            return special(expected, value);
        }
        if (expected.isArray()) {
            if (!(value instanceof List<?> list) || list.size() != expected.size()) {
                return false;
            }
            for (int i = 0; i < list.size(); i++) {
                if (!matches(expected.get(i), list.get(i))) {
                    return false;
                }
            }
            return true;
        }
        if (expected.isNull()) {
            return value == JsonNull.NULL;
        }
        if (expected.isBoolean()) {
            return value instanceof Boolean bool && bool == expected.booleanValue();
        }
        if (expected.isIntegralNumber()) {
            return value instanceof Long integer
                            && BigInteger.valueOf(integer).equals(expected.bigIntegerValue())
                    || value instanceof BigInteger big
                            && big.bitLength() > 63
                            && big.equals(expected.bigIntegerValue());
        }
        if (expected.isNumber()) {
            return value instanceof Double number && sameFloat(expected.doubleValue(), number);
        }
        return text(expected.asText(), value);
    }

    private boolean sameFloat(double expected, double value) {
        return expected == value
                || nearly && Math.abs(expected - value) <= 1e-12 * Math.abs(expected);
    }

    private boolean text(String expected, Object value) {
        if (expected.equals("$undefined")) {
            return value == null;
        }
        if (expected.equals("$any")) {
            return true;
        }
        if (expected.equals(value)) {
            return true;
        }
        return jsonText && value instanceof String text && sameJson(expected, text);
    }

    private static boolean sameJson(String expected, String text) {
        try {
            return Vectors.JSON.readTree(expected).equals(Vectors.JSON.readTree(text));
        } catch (JsonProcessingException e) {
            return sorted(expected).equals(sorted(text));
        }
    }

    /** Text around JSON: the same characters in another order. */
    private static List<Integer> sorted(String text) {
        return text.chars().sorted().boxed().toList();
    }

    private boolean special(JsonNode expected, Object value) {
        if (expected.has("$hex")) {
            return value instanceof Bytes bytes
                    && bytes.toString().equals(expected.get("$hex").asText());
        }
        if (expected.has("$bits")) {
            return value instanceof Bits bits
                    && bits.toString().equals(expected.get("$bits").asText());
        }
        if (expected.has("$atom")) {
            return value instanceof Symbol symbol
                    && symbol.text().equals(expected.get("$atom").asText());
        }
        if (!(value instanceof Map<?, ?> map) || map.size() != expected.size()) {
            return false;
        }
        for (Map.Entry<String, JsonNode> member : expected.properties()) {
            if (!map.containsKey(member.getKey())
                    || !matches(member.getValue(), map.get(member.getKey()))) {
                return false;
            }
        }
        return true;
    }
}
