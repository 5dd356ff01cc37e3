package io.millrace.functions.library;

import io.millrace.functions.value.Described;
import io.millrace.functions.value.FunctionException;
import io.millrace.functions.value.Integers;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;

/** The group {@code math}. No function answers NaN or an infinite number. */
final class MathFunctions {
    private static final Parameter X = Parameter.of("x", Kind.NUMBER);
    private static final Parameter Y = Parameter.of("y", Kind.NUMBER);
    private static final String NOT_FINITE =
            "An error where Flink's own gives NaN or an infinite number.";

    private final FunctionGroup group;

    private MathFunctions(FunctionGroup group) {
        this.group = group;
    }

    static void define(Function<String, FunctionGroup> library) {
        MathFunctions functions = new MathFunctions(library.apply("math"));
        functions.defineRounding();
        functions.defineCircle();
        functions.defineHyperbola();
        functions.definePowers();
    }

    private void defineRounding() {
        group.function("abs", "The absolute value of an integer.")
                .overload(
                        Kind.INTEGER,
                        arguments -> abs(arguments[0]),
                        Parameter.of("x", Kind.INTEGER))
                .inFlink("Flink's own takes all numbers.")
                .example("abs(-5)", "5")
                .add();
        rounding("ceil", "The least integer that is not less.", RoundingMode.CEILING)
                .example("ceil(-1.2)", "-1")
                .add();
        rounding("floor", "The greatest integer that is not greater.", RoundingMode.FLOOR)
                .example("floor(-1.2)", "-2")
                .add();
        rounding(
                        "round",
                        "The nearest integer, of two the one away from zero.",
                        RoundingMode.HALF_UP)
                .example("round(-2.5)", "-3")
                .add();
        real("fmod", "The rest of a division, with the sign of the first.", (x, y) -> x % y)
                .example("fmod(-7.5, 2)", "-1.5")
                .add();
        group.function("random", "A random float from 0 up to and without 1.")
                .overload(Kind.FLOAT, arguments -> ThreadLocalRandom.current().nextDouble())
                .varies()
                .inFlink("Flink's RAND.")
                .example("random()", null)
                .add();
    }

    private void defineCircle() {
        real("sin", "The sine.", Math::sin).example("sin(0)", "0.0").add();
        real("cos", "The cosine.", Math::cos).example("cos(0)", "1.0").add();
        real("tan", "The tangent.", Math::tan).example("tan(0)", "0.0").add();
        real("asin", "The inverse sine.", Math::asin)
                .inFlink(NOT_FINITE)
                .example("asin(0)", "0.0")
                .add();
        real("acos", "The inverse cosine.", Math::acos)
                .inFlink(NOT_FINITE)
                .example("acos(1)", "0.0")
                .add();
        real("atan", "The inverse tangent.", Math::atan).example("atan(0)", "0.0").add();
    }

    private void defineHyperbola() {
        real("sinh", "The hyperbolic sine.", Math::sinh)
                .inFlink(NOT_FINITE)
                .example("sinh(0)", "0.0")
                .add();
        real("cosh", "The hyperbolic cosine.", Math::cosh)
                .inFlink(NOT_FINITE)
                .example("cosh(0)", "1.0")
                .add();
        real("tanh", "The hyperbolic tangent.", Math::tanh).example("tanh(0)", "0.0").add();
        real("asinh", "The inverse hyperbolic sine.", Hyperbola::inverseSine)
                .example("asinh(0)", "0.0")
                .add();
        real("acosh", "The inverse hyperbolic cosine.", Hyperbola::inverseCosine)
                .example("acosh(1)", "0.0")
                .add();
        real("atanh", "The inverse hyperbolic tangent.", Hyperbola::inverseTangent)
                .example("atanh(0)", "0.0")
                .add();
    }

    private void definePowers() {
        real("exp", "The power of Euler's number.", Math::exp)
                .inFlink(NOT_FINITE)
                .example("exp(0)", "1.0")
                .add();
        real("log", "The natural logarithm.", Math::log)
                .inFlink(NOT_FINITE)
                .example("log(1)", "0.0")
                .add();
        real("log10", "The logarithm to the base 10.", Math::log10)
                .inFlink(NOT_FINITE)
                .example("log10(100)", "2.0")
                .add();
        real("log2", "The logarithm to the base 2.", MathFunctions::log2)
                .inFlink(NOT_FINITE)
                .example("log2(8)", "3.0")
                .add();
        real("sqrt", "The square root.", Math::sqrt)
                .inFlink(NOT_FINITE)
                .example("sqrt(9)", "3.0")
                .add();
        real("power", "The power of x to y.", Math::pow)
                .inFlink(NOT_FINITE)
                .example("power(2, 10)", "1024.0")
                .add();
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
                                        operator.applyAsDouble(real(name, arguments[0])),
                                        arguments),
                        X);
    }

    private FunctionGroup.Definition real(
            String name, String description, DoubleBinaryOperator operator) {
        return group.function(name, description)
                .overload(
                        Kind.FLOAT,
                        arguments ->
                                finite(
                                        name,
                                        operator.applyAsDouble(
                                                real(name, arguments[0]), real(name, arguments[1])),
                                        arguments),
                        X,
                        Y);
    }

    private FunctionGroup.Definition rounding(
            String name, String description, RoundingMode rounding) {
        return group.function(name, description)
                .overload(Kind.INTEGER, arguments -> rounded(arguments[0], rounding), X)
                .inFlink("The answer is an integer; Flink's own keeps the type.");
    }

    private static Object rounded(Object x, RoundingMode rounding) {
        return x instanceof Double number
                ? Integers.value(new BigDecimal(number).setScale(0, rounding).toBigInteger())
                : x;
    }

    private static Object abs(Object x) {
        if (x instanceof Long value && value != Long.MIN_VALUE) {
            return Math.abs(value);
        }
        return Integers.big(x).abs();
    }

    /** Exact for powers of two, which a quotient of logarithms is not. */
    private static double log2(double x) {
        int exponent = Math.getExponent(x);
        return x > 0 && exponent >= Double.MIN_EXPONENT && x == Math.scalb(1.0, exponent)
                ? exponent
                : Math.log(x) / Math.log(2);
    }

    private static double real(String name, Object number) {
        return finite(name, ((Number) number).doubleValue(), number);
    }

    private static Double finite(String name, double answer, Object... arguments) {
        if (Double.isFinite(answer)) {
            return answer;
        }
        throw new FunctionException(
                "badarith",
                name
                        + ": there is no finite answer for "
                        + Described.of(arguments[0])
                        + (arguments.length > 1 ? " and " + Described.of(arguments[1]) : "")
                        + ".");
    }

    /** Inverse functions that Java has not, exact also near zero and for large arguments. */
    private static final class Hyperbola {
        private static final double LARGE = 1e150;

        private Hyperbola() {}

        static double inverseSine(double x) {
            double a = Math.abs(x);
            double answer =
                    a > LARGE
                            ? Math.log(a) + Math.log(2)
                            : Math.log1p(a + a * a / (1 + Math.sqrt(a * a + 1)));
            return Math.copySign(answer, x);
        }

        static double inverseCosine(double x) {
            double above = x - 1;
            return x > LARGE
                    ? Math.log(x) + Math.log(2)
                    : Math.log1p(above + Math.sqrt(above * (above + 2)));
        }

        static double inverseTangent(double x) {
            double a = Math.abs(x);
            return Math.copySign(0.5 * Math.log1p(2 * a / (1 - a)), x);
        }
    }
}
