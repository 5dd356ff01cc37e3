package io.millrace.functions.library;

import io.millrace.functions.text.TextSearch;
import io.millrace.functions.text.Tokens;
import io.millrace.functions.value.Bytes;
import io.millrace.functions.value.Described;
import io.millrace.functions.value.FunctionException;
import io.millrace.functions.value.JsonNull;
import io.millrace.functions.value.Symbol;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** The part of the group {@code string} that looks for a text in another. */
final class SearchFunctions {
    private static final String BAD = "bad_sql_function_argument";
    private static final Parameter S = TextFunctions.S;
    private static final Parameter SEPARATOR = text("sep");
    private static final Parameter WHAT = text("what");
    private static final Parameter BY = text("by");
    private static final Parameter MODE = text("mode");

    private final FunctionGroup group;

    private SearchFunctions(FunctionGroup group) {
        this.group = group;
    }

    private static Parameter text(String name) {
        return Parameter.of(name, Kind.TEXT).refusing(BAD);
    }

    static void define(Function<String, FunctionGroup> library) {
        SearchFunctions functions = new SearchFunctions(library.apply("string"));
        functions.defineSplit();
        functions.defineTokens();
        functions.defineReplace();
        functions.defineFind();
    }

    /** How a mode works on two texts. */
    @FunctionalInterface
    private interface Splitting {
        List<String> of(String text, String separator);
    }

    private void defineSplit() {
        group.function(
                        "split",
                        "The parts of a text between separators, without empty ones; with 'notrim'"
                                + " all; with 'leading' or 'trailing' the two parts at the first or"
                                + " last separator, which '_notrim' keeps if empty.")
                .overload(
                        Kind.ARRAY,
                        a -> trimmed(TextSearch.split((String) a[0], (String) a[1])),
                        S,
                        SEPARATOR)
                .prepared(
                        Kind.ARRAY,
                        constants -> {
                            CompiledArgument<Splitting> mode =
                                    compiled(constants, "split", 2, SearchFunctions::splitting);
                            return a -> mode.of(a[2]).of((String) a[0], (String) a[1]);
                        },
                        S,
                        SEPARATOR,
                        MODE)
                .inFlink("Flink's own keeps empty parts, and cuts into characters at ''.")
                .example("split('a;b;;c', ';')", "[\"a\",\"b\",\"c\"]")
                .example("split('a;b;;c', ';', 'notrim')", "[\"a\",\"b\",\"\",\"c\"]")
                .example("split('a;b;c', ';', 'trailing')", "[\"a;b\",\"c\"]")
                .add();
    }

    private static <T> CompiledArgument<T> compiled(
            Constants constants, String function, int position, Function<String, T> compiler) {
        return CompiledArgument.of(
                constants, position, function, MODE, name -> compiler.apply((String) name));
    }

    private static Splitting splitting(String mode) {
        return switch (mode) {
            case "notrim" -> TextSearch::split;
            case "leading" -> (text, by) -> trimmed(TextSearch.splitOnce(text, by, true));
            case "trailing" -> (text, by) -> trimmed(TextSearch.splitOnce(text, by, false));
            case "leading_notrim" -> (text, by) -> TextSearch.splitOnce(text, by, true);
            case "trailing_notrim" -> (text, by) -> TextSearch.splitOnce(text, by, false);
            default ->
                    throw unknown(
                            "split",
                            mode,
                            "notrim",
                            "leading",
                            "trailing",
                            "leading_notrim",
                            "trailing_notrim");
        };
    }

    private static List<String> trimmed(List<String> parts) {
        parts.removeIf(String::isEmpty);
        return parts;
    }

    private static FunctionException unknown(String function, String mode, String... allowed) {
        return new FunctionException(
                BAD,
                "%s: mode is %s; allowed are '%s'."
                        .formatted(function, Described.of(mode), String.join("', '", allowed)));
    }

    private void defineTokens() {
        Parameter text = Parameter.of("s", Kind.BYTES).namesAsTexts().refusing("badarg");
        Parameter separators = Parameter.of("seps", Kind.BYTES).refusing("badarg");
        group.function(
                        "tokens",
                        "The parts of a text between any of the bytes of 'seps', and with 'nocrlf'"
                                + " also between lines; none is empty.")
                .overload(Kind.ARRAY, a -> Tokens.of(a[0], a[1], false), text, separators)
                .prepared(
                        Kind.ARRAY,
                        constants -> {
                            CompiledArgument<Boolean> lines =
                                    compiled(constants, "tokens", 2, SearchFunctions::lines);
                            return a -> Tokens.of(a[0], a[1], lines.of(a[2]));
                        },
                        text,
                        separators,
                        MODE)
                .example("tokens(' a, b;c', ' ,;')", "[\"a\",\"b\",\"c\"]")
                .example("tokens('a b', ' ', 'nocrlf')", "[\"a\",\"b\"]")
                .add();
    }

    private static Boolean lines(String mode) {
        if (mode.equals("nocrlf")) {
            return true;
        }
        throw unknown("tokens", mode, "nocrlf");
    }

    /** How a mode works on three texts. */
    @FunctionalInterface
    private interface Replacing {
        String of(String text, String what, String by);
    }

    private void defineReplace() {
        group.function(
                        "replace",
                        "A text with another in it replaced: everywhere, or with 'leading' and"
                                + " 'trailing' where it is first and last.")
                .overload(
                        Kind.TEXT,
                        a -> TextSearch.replace((String) a[0], (String) a[1], (String) a[2]),
                        S,
                        WHAT,
                        BY)
                .prepared(
                        Kind.TEXT,
                        constants -> {
                            CompiledArgument<Replacing> mode =
                                    compiled(constants, "replace", 3, SearchFunctions::replacing);
                            return a ->
                                    mode.of(a[3]).of((String) a[0], (String) a[1], (String) a[2]);
                        },
                        S,
                        WHAT,
                        BY,
                        MODE)
                .example("replace('ababef', 'ab', 'cd')", "\"cdcdef\"")
                .example("replace('ababef', 'ab', 'cd', 'trailing')", "\"abcdef\"")
                .add();
        group.function("rm_prefix", "A text without another at its beginning, if that is there.")
                .overload(
                        Kind.ANY,
                        a -> withoutPrefix(a[0], Bytes.of(a[1])),
                        Parameter.of("s", Kind.ANY),
                        Parameter.of("prefix", Kind.BYTES).refusing("badarg"))
                .example("rm_prefix('prefix_a', 'prefix_')", "\"a\"")
                .add();
    }

    private static Replacing replacing(String mode) {
        return switch (mode) {
            case "all" -> TextSearch::replace;
            case "leading" -> (text, what, by) -> TextSearch.replaceOnce(text, what, by, true);
            case "trailing" -> (text, what, by) -> TextSearch.replaceOnce(text, what, by, false);
            default -> throw unknown("replace", mode, "all", "leading", "trailing");
        };
    }

    /** What is no text has no prefix and stays. */
    private static Object withoutPrefix(Object value, byte[] prefix) {
        if (value == null || value == JsonNull.NULL) {
            throw new FunctionException(
                    "badarg", "rm_prefix: s must be a text and is " + Described.of(value) + ".");
        }
        boolean name = value instanceof Boolean || value instanceof Symbol;
        byte[] bytes = Bytes.of(name ? value.toString() : value);
        if (bytes == null) {
            return value;
        }
        boolean begins =
                bytes.length >= prefix.length
                        && Arrays.equals(bytes, 0, prefix.length, prefix, 0, prefix.length);
        return Bytes.value(begins ? Arrays.copyOfRange(bytes, prefix.length, bytes.length) : bytes);
    }

    private void defineFind() {
        group.function(
                        "find",
                        "A text from where another first is in it, or with 'trailing' last; empty if"
                                + " it is not.")
                .overload(Kind.TEXT, a -> found((String) a[0], (String) a[1], true), S, WHAT)
                .prepared(
                        Kind.TEXT,
                        constants -> {
                            CompiledArgument<Boolean> first =
                                    compiled(constants, "find", 2, SearchFunctions::first);
                            return a -> found((String) a[0], (String) a[1], first.of(a[2]));
                        },
                        S,
                        WHAT,
                        MODE)
                .example("find('a.b.c', '.')", "\".b.c\"")
                .example("find('a.b.c', '.', 'trailing')", "\".c\"")
                .add();
    }

    private static Boolean first(String mode) {
        return switch (mode) {
            case "leading" -> true;
            case "trailing" -> false;
            default -> throw unknown("find", mode, "leading", "trailing");
        };
    }

    private static String found(String text, String what, boolean first) {
        if (what.isEmpty()) {
            return text;
        }
        int at = first ? TextSearch.first(text, what, 0) : TextSearch.last(text, what);
        return at < 0 ? "" : text.substring(at);
    }
}
