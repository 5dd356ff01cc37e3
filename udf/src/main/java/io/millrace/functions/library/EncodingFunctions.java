package io.millrace.functions.library;

import io.millrace.functions.value.Bytes;
import io.millrace.functions.value.ExternalTerm;
import io.millrace.functions.value.FunctionException;
import io.millrace.functions.value.Json;
import java.util.Arrays;
import java.util.Base64;
import java.util.function.Function;

/** The group {@code encoding}. */
final class EncodingFunctions {
    private static final String HEAD = "bad_sql_function_argument";
    private static final Parameter DATA = Parameter.of("data", Kind.BYTES);
    private static final Parameter VALUE = Parameter.of("value", Kind.ANY);
    private static final Parameter OPTION = Parameter.of("option", Kind.ANY);

    private final FunctionGroup group;

    private EncodingFunctions(FunctionGroup group) {
        this.group = group;
    }

    static void define(Function<String, FunctionGroup> library) {
        EncodingFunctions functions = new EncodingFunctions(library.apply("encoding"));
        functions.defineBase64();
        functions.defineJson();
        functions.defineTerms();
    }

    private void defineBase64() {
        base64(
                        "base64_encode",
                        "Bytes as Base64 text. Options: 'urlsafe' for - and _ instead of + and /,"
                                + " 'no_padding' for no = at the end; others are ignored.",
                        Kind.TEXT,
                        EncodingFunctions::encode)
                .inFlink("Flink's TO_BASE64.")
                .example("base64_encode('hello?>')", "\"aGVsbG8/Pg==\"")
                .example("base64_encode('??>>', 'urlsafe')", "\"Pz8-Pg==\"")
                .example("base64_encode('??>', 'urlsafe', 'no_padding')", "\"Pz8-\"")
                .add();
        base64(
                        "base64_decode",
                        "The bytes of a Base64 text. Options: 'urlsafe' for - and _ instead of + and"
                                + " /, 'no_padding' if there is no = at the end; others are ignored.",
                        Kind.BYTES,
                        EncodingFunctions::decode)
                .inFlink("Flink's FROM_BASE64.")
                .example("base64_decode('aGVsbG8=')", "\"hello\"")
                .example("base64_decode('aGk', 'no_padding')", "\"hi\"")
                .add();
    }

    private FunctionGroup.Definition base64(
            String name, String description, Kind result, Body body) {
        return group.function(name, description)
                .overload(result, body, DATA)
                .overload(result, body, DATA, OPTION)
                .overload(result, body, DATA, OPTION, OPTION);
    }

    private static boolean has(Object[] arguments, String option) {
        for (int i = 1; i < arguments.length; i++) {
            if (option.equals(arguments[i])) {
                return true;
            }
        }
        return false;
    }

    private static Object encode(Object[] arguments) {
        Base64.Encoder encoder =
                has(arguments, "urlsafe") ? Base64.getUrlEncoder() : Base64.getEncoder();
        if (has(arguments, "no_padding")) {
            encoder = encoder.withoutPadding();
        }
        return encoder.encodeToString(Bytes.of(arguments[0]));
    }

    private static Object decode(Object[] arguments) {
        byte[] text = withoutSpace(Bytes.of(arguments[0]));
        // Java takes a text without padding as well, EMQX only if told.
        if (text.length % 4 != 0 && !has(arguments, "no_padding")) {
            throw new FunctionException(
                    HEAD,
                    "base64_decode: the text has %d characters, which is no multiple of 4; if its"
                                    .formatted(text.length)
                            + " padding is left out, say 'no_padding'.");
        }
        Base64.Decoder decoder =
                has(arguments, "urlsafe") ? Base64.getUrlDecoder() : Base64.getDecoder();
        try {
            return Bytes.value(decoder.decode(text));
        } catch (IllegalArgumentException e) {
            throw new FunctionException(
                    HEAD, "base64_decode: the text is no Base64: " + e.getMessage() + ".");
        }
    }

    private static byte[] withoutSpace(byte[] text) {
        int length = 0;
        byte[] kept = new byte[text.length];
        for (byte c : text) {
            if (c != ' ' && c != '\t' && c != '\n' && c != '\r') {
                kept[length++] = c;
            }
        }
        return length == text.length ? text : Arrays.copyOf(kept, length);
    }

    private void defineJson() {
        group.function("json_encode", "A value as compact JSON text.")
                .overload(Kind.TEXT, arguments -> Json.encode(arguments[0]), VALUE)
                .takesUndefined()
                .inFlink("Flink's JSON_STRING.")
                .example("json_encode([1, 2.5, 'a'])", "\"[1,2.5,\\\"a\\\"]\"")
                .add();
        group.function("json_decode", "The value of a JSON text.")
                .overload(Kind.ANY, arguments -> json(arguments[0]), DATA)
                .inFlink("Flink's PARSE_JSON.")
                .example("json_decode('{\"a\":[1]}')", "{\"a\":[1]}")
                .add();
    }

    private static Object json(Object text) {
        return text instanceof String characters
                ? Json.decode(characters)
                : Json.decode(Bytes.of(text));
    }

    private void defineTerms() {
        group.function("term_encode", "A value in Erlang's external format.")
                .overload(Kind.BYTES, arguments -> ExternalTerm.encode(arguments[0]), VALUE)
                .takesUndefined()
                .example("bin2hexstr(term_encode(1))", "\"836101\"")
                .add();
        group.function("term_decode", "The value of bytes in Erlang's external format.")
                .overload(Kind.ANY, arguments -> ExternalTerm.decode(Bytes.of(arguments[0])), DATA)
                .example("term_decode(term_encode([1, 'a']))", "[1,\"a\"]")
                .add();
    }
}
