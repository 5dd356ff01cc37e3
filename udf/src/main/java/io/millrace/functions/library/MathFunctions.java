package io.millrace.functions.library;

import io.millrace.functions.value.FunctionException;
import io.millrace.functions.value.Integers;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;

/** The group {@code math}. */
final class MathFunctions {
    private static final Parameter X = Parameter.of("x", Kind.NUMBER);

    private final FunctionGroup group;

    private MathFunctions(FunctionGroup group) {
        this.group = group;
    }

    static void define(Function<String, FunctionGroup> library) {
        new MathFunctions(library.apply("math")).define();
    }

    private void define() {
        group.function("abs", "The absolute value of an integer.")
                .overload(
                        Kind.INTEGER,
                        arguments -> abs(arguments[0]),
                        Parameter.of("x", Kind.INTEGER))
                .example("abs(-5)", "5")
                .add();
        real("sqrt", "The square root.", Math::sqrt).example("sqrt(9)", "3.0").add();
    }

    /** A function from a number to a float; what has no finite answer is refused. */
    private FunctionGroup.Definition real(
            String name, String description, DoubleUnaryOperator operator) {
        return group.function(name, description)
                .overload(
                        Kind.FLOAT,
                        arguments ->
                                finite(
                                        name,
                                        operator.applyAsDouble(
                                                ((Number) arguments[0]).doubleValue())),
                        X);
    }

    private static Object abs(Object x) {
        if (x instanceof Long value && value != Long.MIN_VALUE) {
            return Math.abs(value);
        }
        return Integers.big(x).abs();
    }

    private static Double finite(String name, double answer) {
        if (Double.isFinite(answer)) {
            return answer;
        }
        throw new FunctionException("badarith", name + ": there is no answer for this argument.");
    }
}
