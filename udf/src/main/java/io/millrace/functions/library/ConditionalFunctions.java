package io.millrace.functions.library;

import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/** The group {@code conditional}. */
final class ConditionalFunctions {
    private final FunctionGroup group;

    private ConditionalFunctions(FunctionGroup group) {
        this.group = group;
    }

    static void define(Function<String, FunctionGroup> library) {
        new ConditionalFunctions(library.apply("conditional")).define();
    }

    private void define() {
        group.function("null", "Undefined.")
                .overload(Kind.ANY, arguments -> null)
                .takesUndefined()
                .inFlink("A keyword there: write CAST(NULL AS ...).")
                .example("coalesce(null(), 1)", "1")
                .add();
        choice(
                        "coalesce",
                        "The first of two values, or of an array's elements, that is not undefined."
                                + " JSON's null is a value.",
                        value -> value != null)
                .inFlink("Flink's own takes any number of arguments and skips every NULL.")
                .example("coalesce(null(), 'd')", "\"d\"")
                .example("coalesce([null(), 3])", "3")
                .add();
        choice(
                        "coalesce_ne",
                        "The first of two values, or of an array's elements, that is neither"
                                + " undefined nor an empty text or array.",
                        ConditionalFunctions::isNotEmpty)
                .example("coalesce_ne('', 'd')", "\"d\"")
                .example("coalesce_ne(['', 'x'])", "\"x\"")
                .add();
    }

    private FunctionGroup.Definition choice(
            String name, String description, Predicate<Object> wanted) {
        return group.function(name, description)
                .overload(
                        Kind.ANY,
                        arguments -> first((List<?>) arguments[0], wanted),
                        Parameter.of("list", Kind.ARRAY))
                .overload(
                        Kind.ANY,
                        arguments ->
                                wanted.test(arguments[0])
                                        ? arguments[0]
                                        : wanted.test(arguments[1]) ? arguments[1] : null,
                        Parameter.of("a", Kind.ANY),
                        Parameter.of("b", Kind.ANY))
                .takesUndefined();
    }

    private static Object first(List<?> list, Predicate<Object> wanted) {
        for (Object element : list) {
            if (wanted.test(element)) {
                return element;
            }
        }
        return null;
    }

    private static boolean isNotEmpty(Object value) {
        return value != null
                && !"".equals(value)
                && !(value instanceof List<?> list && list.isEmpty());
    }
}
