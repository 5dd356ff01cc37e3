package io.millrace.functions.library;

import io.millrace.functions.value.FunctionException;
import io.millrace.functions.value.Integers;
import java.math.BigInteger;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** Evaluates calls such as {@code nth(2, split('a/b', '/'))}: literals, arrays and calls. */
final class SqlCall {
    private static final Library LIBRARY = Library.in(ZoneOffset.UTC);

    private final String text;
    private int at;

    private SqlCall(String text) {
        this.text = text;
    }

    /** Evaluates a text. */
    static Object evaluate(String text) {
        SqlCall call = new SqlCall(text);
        Object value = call.value();
        if (call.at != text.length()) {
            throw new IllegalArgumentException("Not read: " + text.substring(call.at));
        }
        return value;
    }

    /** Calls a function of which no argument is known before. */
    static Object call(String function, Object... arguments) {
        return call(LIBRARY, function, Constants.none(arguments.length), arguments);
    }

    /** Calls a function of which all arguments are known before. */
    static Object callWithConstants(String function, Object... arguments) {
        Constants constants = Constants.none(arguments.length);
        for (int i = 0; i < arguments.length; i++) {
            constants = constants.with(i, arguments[i]);
        }
        return call(LIBRARY, function, constants, arguments);
    }

    private static Object call(
            Library library, String function, Constants constants, Object[] arguments) {
        return library.find(function)
                .flatMap(found -> found.overload(arguments.length))
                .orElseThrow(
                        () ->
                                new FunctionException(
                                        "sql_function_not_supported",
                                        function + " with " + arguments.length))
                .prepare(constants)
                .call(arguments.clone());
    }

    private Object value() {
        space();
        char c = text.charAt(at);
        if (c == '\'') {
            int end = text.indexOf('\'', at + 1);
            String literal = text.substring(at + 1, end);
            at = end + 1;
            return literal;
        }
        if (c == '[') {
            return values(']');
        }
        int start = at;
        while (at < text.length() && "(),] ".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        String word = text.substring(start, at);
        if (at < text.length() && text.charAt(at) == '(') {
            return call(word, values(')').toArray());
        }
        return switch (word) {
            case "true" -> true;
            case "false" -> false;
            default -> number(word);
        };
    }

    private static Object number(String word) {
        return word.contains(".")
                ? (Object) Double.valueOf(word)
                : Integers.value(new BigInteger(word));
    }

    private List<Object> values(char end) {
        List<Object> values = new ArrayList<>();
        at++;
        space();
        while (text.charAt(at) != end) {
            values.add(value());
            space();
            if (text.charAt(at) == ',') {
                at++;
                space();
            }
        }
        at++;
        space();
        return values;
    }

    private void space() {
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
    }
}
