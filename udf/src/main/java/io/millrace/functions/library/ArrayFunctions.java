package io.millrace.functions.library;

import io.millrace.functions.value.Comparison;
import io.millrace.functions.value.Described;
import io.millrace.functions.value.FunctionException;
import java.math.BigInteger;
import java.util.List;
import java.util.function.Function;

/** The group {@code array}. Positions count from 1. */
final class ArrayFunctions {
    private static final String HEAD = "bad_sql_function_argument";
    private static final Parameter LIST = Parameter.of("list", Kind.ARRAY);
    private static final Parameter LENGTH = Parameter.of("len", Kind.INTEGER);

    private final FunctionGroup group;

    private ArrayFunctions(FunctionGroup group) {
        this.group = group;
    }

    static void define(Function<String, FunctionGroup> library) {
        ArrayFunctions functions = new ArrayFunctions(library.apply("array"));
        functions.defineElements();
        functions.defineWholes();
    }

    private void defineElements() {
        group.function("nth", "The n-th element of an array, the first being 1.")
                .overload(
                        Kind.ANY,
                        arguments -> nth(arguments[0], (List<?>) arguments[1]),
                        Parameter.of("n", Kind.INTEGER),
                        LIST)
                .inFlink("NULL instead of an error is what array[n] gives.")
                .example("nth(2, [10, 20, 30])", "20")
                .add();
        group.function("first", "The first element of an array that has one.")
                .overload(Kind.ANY, arguments -> first((List<?>) arguments[0]), LIST)
                .example("first([1, 2])", "1")
                .add();
        group.function("last", "The last element of an array that has one.")
                .overload(Kind.ANY, arguments -> last((List<?>) arguments[0]), LIST)
                .example("last([1, 2])", "2")
                .add();
    }

    private static Object nth(Object n, List<?> list) {
        if (n instanceof Long position && position >= 1 && position <= list.size()) {
            return list.get((int) (position - 1));
        }
        throw new FunctionException(
                HEAD,
                "nth: there is no element %s; the array has %d."
                        .formatted(Described.of(n), list.size()));
    }

    private static Object first(List<?> list) {
        if (list.isEmpty()) {
            throw new FunctionException("badarg", "first: the array is empty.");
        }
        return list.get(0);
    }

    private static Object last(List<?> list) {
        if (list.isEmpty()) {
            throw new FunctionException(HEAD, "last: the array is empty.");
        }
        return list.get(list.size() - 1);
    }

    private void defineWholes() {
        group.function("length", "The number of an array's elements.")
                .overload(Kind.INTEGER, arguments -> (long) ((List<?>) arguments[0]).size(), LIST)
                .inFlink("Flink's CARDINALITY.")
                .example("length([1, 2])", "2")
                .add();
        group.function(
                        "sublist",
                        "So many elements of an array, from the beginning or from a position; fewer"
                                + " if it has not so many.")
                .overload(
                        Kind.ARRAY,
                        arguments -> sublist(1L, arguments[0], (List<?>) arguments[1]),
                        LENGTH,
                        LIST)
                .overload(
                        Kind.ARRAY,
                        arguments -> sublist(arguments[0], arguments[1], (List<?>) arguments[2]),
                        Parameter.of("start", Kind.INTEGER),
                        LENGTH,
                        LIST)
                .example("sublist(2, [1, 2, 3])", "[1,2]")
                .example("sublist(2, 9, [1, 2, 3])", "[2,3]")
                .add();
        group.function("contains", "Whether an array has an element; 1 and 1.0 are different.")
                .overload(
                        Kind.BOOLEAN,
                        arguments -> contains(arguments[0], (List<?>) arguments[1]),
                        Parameter.of("elem", Kind.ANY),
                        LIST)
                .takesUndefined()
                .inFlink("Flink's ARRAY_CONTAINS.")
                .example("contains(1, [2, 1])", "true")
                .example("contains(1, [1.0])", "false")
                .add();
    }

    private static Object sublist(Object start, Object length, List<?> list) {
        int from = position(start, 1, "start") - 1;
        int count = position(length, 0, "len");
        if (from >= list.size()) {
            return List.of();
        }
        return list.subList(from, (int) Math.min((long) from + count, list.size()));
    }

    /** Clips what is beyond all arrays. */
    private static int position(Object integer, int least, String parameter) {
        // What is no long is larger than all arrays, or negative.
        boolean negative = integer instanceof Long small ? small < least : isNegative(integer);
        if (negative) {
            throw new FunctionException(
                    HEAD,
                    "sublist: %s is %s; the least allowed is %d."
                            .formatted(parameter, Described.of(integer), least));
        }
        return integer instanceof Long small
                ? (int) Math.min(small, Integer.MAX_VALUE)
                : Integer.MAX_VALUE;
    }

    private static boolean isNegative(Object integer) {
        return ((BigInteger) integer).signum() < 0;
    }

    private static boolean contains(Object element, List<?> list) {
        for (Object other : list) {
            if (Comparison.same(element, other)) {
                return true;
            }
        }
        return false;
    }
}
