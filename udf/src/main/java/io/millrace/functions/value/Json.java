package io.millrace.functions.value;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * JSON and values. Integers keep all digits, floats are the nearest ones, of members with the same
 * name the last counts.
 */
public final class Json {
    /** How deep maps and arrays may be in each other. */
    public static final int MOST_DEPTH = 500;

    private static final String HEAD = "invalid_json";
    private static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(MOST_DEPTH)
                                    .maxNumberLength(Integers.MOST_DIGITS)
                                    .maxNameLength(Integer.MAX_VALUE)
                                    .maxStringLength(Integer.MAX_VALUE)
                                    .build())
                    .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
                    .build();

    private Json() {}

    /** Returns the compact JSON of a value; see {@link JsonWriter}. */
    public static String encode(Object value) {
        return JsonWriter.encode(value);
    }

    /**
     * Reads a JSON text.
     *
     * @throws FunctionException {@code invalid_json} if it is none, or anything follows it
     */
    public static Object decode(String text) {
        try (JsonParser parser = FACTORY.createParser(text)) {
            return whole(parser);
        } catch (IOException e) {
            throw refusal(e);
        }
    }

    /**
     * Reads a JSON text of UTF-8 bytes.
     *
     * @throws FunctionException {@code invalid_json} if it is none, or anything follows it
     */
    public static Object decode(byte[] text) {
        try (JsonParser parser = parser(text)) {
            return whole(parser);
        } catch (IOException e) {
            throw refusal(e);
        }
    }

    /**
     * Opens a parser of UTF-8 bytes for those who want some members only; {@link #read} makes
     * values of them.
     *
     * @throws FunctionException {@code invalid_json} if the bytes begin as another encoding does
     */
    public static JsonParser parser(byte[] text) throws IOException {
        // Jackson would take a byte order mark, or guess UTF-16 from zeros.
        int first = Math.min(4, text.length);
        for (int i = 0; i < first; i++) {
            if (text[i] == 0 || text[i] == (byte) 0xef && i == 0) {
                throw new FunctionException(
                        HEAD, "The text is no JSON: it does not begin as UTF-8 without mark.");
            }
        }
        return FACTORY.createParser(text);
    }

    private static Object whole(JsonParser parser) throws IOException {
        if (parser.nextToken() == null) {
            throw new FunctionException(HEAD, "The text is no JSON: it is empty.");
        }
        Object value = read(parser);
        if (parser.nextToken() != null) {
            throw new FunctionException(
                    HEAD,
                    "The text is no JSON: "
                            + parser.currentToken()
                            + " follows the value at "
                            + parser.currentTokenLocation().getCharOffset()
                            + ".");
        }
        return value;
    }

    /**
     * Makes a value of what begins at the parser's current token, and leaves the parser at its last
     * token.
     *
     * @throws FunctionException {@code invalid_json} if a float is too large, or a text has half a
     *     character
     */
    public static Object read(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> text(parser.getText());
            case VALUE_NUMBER_INT -> integer(parser);
            case VALUE_NUMBER_FLOAT -> real(parser.getDoubleValue());
            case VALUE_TRUE -> Boolean.TRUE;
            case VALUE_FALSE -> Boolean.FALSE;
            case VALUE_NULL -> JsonNull.NULL;
            default -> throw new JsonParseException(parser, "A value was expected.");
        };
    }

    private static Map<String, Object> object(JsonParser parser) throws IOException {
        Map<String, Object> map = new LinkedHashMap<>();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            map.put(text(name), read(parser));
        }
        return map;
    }

    private static List<Object> array(JsonParser parser) throws IOException {
        List<Object> list = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            list.add(read(parser));
        }
        return list;
    }

    private static Number integer(JsonParser parser) throws IOException {
        return parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                ? Integers.value(parser.getBigIntegerValue())
                : (Number) parser.getLongValue();
    }

    private static Double real(double number) {
        if (Double.isInfinite(number)) {
            throw new FunctionException(HEAD, "The text is no JSON: a float is too large.");
        }
        return number;
    }

    /** Refuses half of a pair of surrogates, which is no character and has no UTF-8. */
    private static String text(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                boolean pair =
                        Character.isHighSurrogate(c)
                                && i + 1 < text.length()
                                && Character.isLowSurrogate(text.charAt(i + 1));
                if (!pair) {
                    throw new FunctionException(
                            HEAD, "The text is no JSON: an escape is half a character.");
                }
                i++;
            }
        }
        return text;
    }

    private static FunctionException refusal(IOException cause) {
        String message = cause.getMessage();
        int end = message == null ? -1 : message.indexOf('\n');
        return new FunctionException(
                HEAD, "The text is no JSON: " + (end < 0 ? message : message.substring(0, end)));
    }
}
