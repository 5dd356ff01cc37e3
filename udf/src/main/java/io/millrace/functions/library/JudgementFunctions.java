package io.millrace.functions.library;

import io.millrace.functions.value.Bytes;
import io.millrace.functions.value.Integers;
import io.millrace.functions.value.JsonNull;
import io.millrace.functions.value.Maps;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/** The group {@code type judgement}: what a value is, without converting anything. */
final class JudgementFunctions {
    private static final Parameter X = Parameter.of("x", Kind.ANY);

    private final FunctionGroup group;

    private JudgementFunctions(FunctionGroup group) {
        this.group = group;
    }

    static void define(Function<String, FunctionGroup> library) {
        new JudgementFunctions(library.apply("type judgement")).define();
    }

    private void define() {
        judge("is_null", "Whether a value is undefined; JSON's null is not.", x -> x == null)
                .example("is_null(1)", "false")
                .add();
        judge("is_not_null", "Whether a value is not undefined.", x -> x != null)
                .example("is_not_null(1)", "true")
                .add();
        judge("is_null_var", "Whether a value is undefined or JSON's null.", this::isNothing)
                .inFlink("Flink's IS NULL.")
                .example("is_null_var(1)", "false")
                .add();
        judge("is_not_null_var", "Whether a value is there.", x -> !isNothing(x))
                .inFlink("Flink's IS NOT NULL.")
                .example("is_not_null_var(1)", "true")
                .add();
        judge("is_str", "Whether it is a text.", x -> x instanceof String || x instanceof Bytes)
                .example("is_str('a')", "true")
                .add();
        judge("is_bool", "Whether it is a boolean.", x -> x instanceof Boolean)
                .example("is_bool(true)", "true")
                .add();
        judge("is_int", "Whether it is an integer.", Integers::is)
                .example("is_int(1.0)", "false")
                .add();
        judge("is_float", "Whether it is a float.", x -> x instanceof Double)
                .example("is_float(1.0)", "true")
                .add();
        judge("is_num", "Whether it is a number.", x -> x instanceof Number)
                .example("is_num('1')", "false")
                .add();
        judge("is_map", "Whether it is a map.", x -> x instanceof Map)
                .example("is_map('{}')", "false")
                .add();
        judge("is_array", "Whether it is an array.", x -> x instanceof List)
                .example("is_array([1])", "true")
                .add();
        group.function(
                        "is_empty",
                        "Whether a text, an array, a map or the JSON text of a map is empty.")
                .overload(Kind.BOOLEAN, arguments -> isEmpty(arguments[0]), X)
                .example("is_empty('')", "true")
                .example("is_empty('{\"a\":1}')", "false")
                .add();
    }

    private FunctionGroup.Definition judge(
            String name, String description, Predicate<Object> judgement) {
        return group.function(name, description)
                .overload(Kind.BOOLEAN, arguments -> judgement.test(arguments[0]), X)
                .takesUndefined();
    }

    private boolean isNothing(Object x) {
        return x == null || x == JsonNull.NULL;
    }

    private static boolean isEmpty(Object x) {
        if (x instanceof List<?> list) {
            return list.isEmpty();
        }
        return x instanceof String text && text.isEmpty() || Maps.of(x).isEmpty();
    }
}
