package io.millrace.functions.library;

import io.millrace.functions.value.Arithmetic;
import io.millrace.functions.value.TermOrder;
import java.util.function.Function;

/** The group {@code operator}: operators that have a name and so can be called as well. */
final class OperatorFunctions {
    private static final Parameter X = Parameter.of("x", Kind.INTEGER);
    private static final Parameter Y = Parameter.of("y", Kind.INTEGER);

    private OperatorFunctions() {}

    static void define(Function<String, FunctionGroup> library) {
        FunctionGroup group = library.apply("operator");
        group.function("div", "The quotient of two integers, cut toward zero.")
                .overload(
                        Kind.INTEGER, arguments -> Arithmetic.div(arguments[0], arguments[1]), X, Y)
                .inFlink("Flink's / does it for integers.")
                .example("div(-7, 2)", "-3")
                .add();
        group.function("mod", "The rest of a division of two integers, with the sign of the first.")
                .overload(
                        Kind.INTEGER, arguments -> Arithmetic.mod(arguments[0], arguments[1]), X, Y)
                .inFlink("Flink's own takes decimals too.")
                .example("mod(-7, 3)", "-1")
                .add();
        group.function(
                        "eq",
                        "Whether two values are equal; an integer may equal a float, a text equals"
                                + " no number.")
                .overload(
                        Kind.BOOLEAN,
                        arguments -> TermOrder.compare(arguments[0], arguments[1]) == 0,
                        Parameter.of("x", Kind.ANY),
                        Parameter.of("y", Kind.ANY))
                .takesUndefined()
                .inFlink("NULL equals NULL here.")
                .example("eq(1, 1.0)", "true")
                .add();
    }
}
