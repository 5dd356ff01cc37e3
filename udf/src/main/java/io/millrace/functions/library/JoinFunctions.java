package io.millrace.functions.library;

import io.millrace.functions.text.ErlangFormat;
import io.millrace.functions.text.SqlLiterals;
import io.millrace.functions.value.FloatText;
import io.millrace.functions.value.FunctionException;
import io.millrace.functions.value.Integers;
import io.millrace.functions.value.Maps;
import io.millrace.functions.value.Symbol;
import io.millrace.functions.value.TextForm;
import io.millrace.functions.value.TextJoiner;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The part of the group {@code string} that makes one text of several values. */
final class JoinFunctions {
    private static final Parameter FORMAT = Parameter.of("fmt", Kind.BYTES).refusing("badarg");
    private static final Parameter LIST = Parameter.of("list", Kind.ARRAY);
    private static final int REDIS_DECIMALS = 6;

    private final FunctionGroup group;

    private JoinFunctions(FunctionGroup group) {
        this.group = group;
    }

    static void define(Function<String, FunctionGroup> library) {
        JoinFunctions functions = new JoinFunctions(library.apply("string"));
        functions.defineJoins();
        functions.defineLists();
        functions.defineFormats();
    }

    private void defineJoins() {
        group.function("concat", "The texts of two values, or of the elements of an array, joined.")
                .overload(
                        Kind.TEXT,
                        arguments -> join("", (List<?>) arguments[0]),
                        LIST.refusing("case_clause"))
                .overload(
                        Kind.TEXT,
                        arguments -> TextForm.join(arguments[0], arguments[1]),
                        Parameter.of("a", Kind.ANY),
                        Parameter.of("b", Kind.ANY))
                .takesUndefined()
                .inFlink("Flink's own joins any number of texts.")
                .example("concat('a', 1)", "\"a1\"")
                .example("concat(['a', 1, true, 1.5])", "\"a1true1.5\"")
                .add();
        group.function(
                        "join_to_string",
                        "The texts of an array's elements with ', ' or another text between.")
                .overload(Kind.TEXT, arguments -> join(", ", (List<?>) arguments[0]), LIST)
                .overload(
                        Kind.TEXT,
                        arguments -> join(arguments[0], (List<?>) arguments[1]),
                        Parameter.of("sep", Kind.BYTES),
                        LIST)
                .inFlink("ARRAY_JOIN has the arguments the other way.")
                .example("join_to_string([1, 'a', true])", "\"1, a, true\"")
                .example("join_to_string('-', [1, 'a'])", "\"1-a\"")
                .add();
    }

    private static Object join(Object separator, List<?> list) {
        TextJoiner joiner = new TextJoiner();
        boolean first = true;
        for (Object element : list) {
            if (!first) {
                joiner.add(separator);
            }
            joiner.add(TextForm.of(element));
            first = false;
        }
        return joiner.value();
    }

    private void defineLists() {
        group.function(
                        "join_to_sql_values_string",
                        "The elements of an array as SQL literals with ', ' between.")
                .overload(
                        Kind.TEXT,
                        arguments -> SqlLiterals.join((List<?>) arguments[0]),
                        LIST.refusing("bad_generator"))
                .example(
                        "join_to_sql_values_string([1, 'a', true, 1.5])", "\"1, 'a', 'true', 1.5\"")
                .add();
        group.function(
                        "map_to_redis_hset_args",
                        "Names and values of a map as arguments of Redis' HSET; of no use elsewhere.")
                .overload(
                        Kind.ARRAY, arguments -> redis(arguments[0]), Parameter.of("map", Kind.ANY))
                .takesUndefined()
                .example("map_to_redis_hset_args('{}')", null)
                .add();
    }

    private static List<Object> redis(Object map) {
        List<Object> arguments = new ArrayList<>();
        arguments.add(new Symbol("map_to_redis_hset_args"));
        for (Map.Entry<String, Object> member : mapOrEmpty(map).entrySet()) {
            Object value = member.getValue();
            boolean plain =
                    value instanceof String || value instanceof Boolean || Integers.is(value);
            if (plain || value instanceof Double) {
                arguments.add(member.getKey());
                arguments.add(
                        plain ? value.toString() : FloatText.fixed((Double) value, REDIS_DECIMALS));
            }
        }
        return arguments;
    }

    private static Map<String, Object> mapOrEmpty(Object map) {
        try {
            return Maps.of(map);
        } catch (FunctionException e) {
            return Map.of();
        }
    }

    private void defineFormats() {
        group.function(
                        "sprintf_s",
                        "A text by a format of Erlang: ~s a text, ~p any value, ~b an integer, ~.2f"
                                + " a float, ~~ a tilde.")
                .prepared(
                        Kind.TEXT,
                        constants -> {
                            CompiledArgument<ErlangFormat> format = format(constants, "sprintf_s");
                            return arguments ->
                                    format.of(arguments[0]).format((List<?>) arguments[1]);
                        },
                        FORMAT,
                        Parameter.of("args", Kind.ARRAY).refusing("badarg"))
                .inFlink("PRINTF has Java's formats.")
                .example("sprintf_s('~p-~s', [1, 'x'])", "\"1-x\"")
                .add();
        group.function("sprintf", "A text by a format of Erlang, with the values as arguments.")
                .variadic(
                        Kind.TEXT,
                        constants -> {
                            CompiledArgument<ErlangFormat> format = format(constants, "sprintf");
                            return arguments ->
                                    format.of(arguments[0])
                                            .format(
                                                    Arrays.asList(arguments)
                                                            .subList(1, arguments.length));
                        },
                        FORMAT,
                        Parameter.of("arg", Kind.ANY))
                .takesUndefined()
                .inFlink("PRINTF has Java's formats.")
                .example("sprintf('~2..0b', 7)", "\"07\"")
                .add();
    }

    private static CompiledArgument<ErlangFormat> format(Constants constants, String function) {
        return CompiledArgument.of(constants, 0, function, FORMAT, ErlangFormat::compile);
    }
}
