package io.millrace.functions.library;

import io.millrace.functions.text.IoData;
import io.millrace.functions.value.Bits;
import io.millrace.functions.value.Bytes;
import io.millrace.functions.value.Described;
import io.millrace.functions.value.FunctionException;
import io.millrace.functions.value.Integers;
import java.math.BigInteger;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.LongBinaryOperator;

/** The group {@code bits}. */
final class BitFunctions {
    private static final Parameter X = Parameter.of("x", Kind.INTEGER);
    private static final Parameter Y = Parameter.of("y", Kind.INTEGER);
    private static final Parameter N = Parameter.of("n", Kind.INTEGER);
    private static final Parameter BITS = Parameter.of("b", Kind.BITS);
    private static final Parameter START = Parameter.of("start", Kind.INTEGER);
    private static final Parameter LENGTH = Parameter.of("len", Kind.INTEGER);
    private static final Parameter TYPE = option("type");
    private static final Parameter SIGN = option("signedness");
    private static final Parameter ORDER = option("endianness");

    private final FunctionGroup group;

    private BitFunctions(FunctionGroup group) {
        this.group = group;
    }

    private static Parameter option(String name) {
        return Parameter.of(name, Kind.TEXT).refusing("bad_sql_function_argument");
    }

    static void define(Function<String, FunctionGroup> library) {
        BitFunctions functions = new BitFunctions(library.apply("bits"));
        functions.defineIntegers();
        functions.defineShifts();
        functions.defineBytes();
    }

    private void defineIntegers() {
        group.function("bitnot", "All bits of an integer turned.")
                .overload(Kind.INTEGER, arguments -> not(arguments[0]), X)
                .example("bitnot(5)", "-6")
                .add();
        both("bitand", "The bits that are in both.", (x, y) -> x & y, BigInteger::and)
                .example("bitand(6, 3)", "2")
                .add();
        both("bitor", "The bits that are in one or both.", (x, y) -> x | y, BigInteger::or)
                .example("bitor(6, 3)", "7")
                .add();
        both("bitxor", "The bits that are in one only.", (x, y) -> x ^ y, BigInteger::xor)
                .example("bitxor(6, 3)", "5")
                .add();
    }

    private FunctionGroup.Definition both(
            String name,
            String description,
            LongBinaryOperator small,
            BinaryOperator<BigInteger> large) {
        return group.function(name, description)
                .overload(
                        Kind.INTEGER,
                        arguments -> both(arguments[0], arguments[1], small, large),
                        X,
                        Y);
    }

    private static Object both(
            Object x, Object y, LongBinaryOperator small, BinaryOperator<BigInteger> large) {
        return x instanceof Long a && y instanceof Long b
                ? (Object) small.applyAsLong(a, b)
                : Integers.value(large.apply(Integers.big(x), Integers.big(y)));
    }

    private static Object not(Object x) {
        return x instanceof Long small ? (Object) ~small : Integers.value(Integers.big(x).not());
    }

    private void defineShifts() {
        group.function("bitsl", "The bits moved to the left; to the right if n is negative.")
                .overload(
                        Kind.INTEGER, arguments -> shifted(arguments[0], arguments[1], false), X, N)
                .inFlink("An answer beyond BIGINT is an error.")
                .example("bitsl(1, 70)", "1180591620717411303424")
                .add();
        group.function("bitsr", "The bits moved to the right; to the left if n is negative.")
                .overload(
                        Kind.INTEGER, arguments -> shifted(arguments[0], arguments[1], true), X, N)
                .example("bitsr(-8, 1)", "-4")
                .add();
    }

    private static Object shifted(Object x, Object by, boolean right) {
        BigInteger number = Integers.big(x);
        BigInteger bits = right ? Integers.big(by).negate() : Integers.big(by);
        if (bits.signum() <= 0) {
            boolean gone = bits.bitLength() > 30;
            int fill = number.signum() < 0 ? -1 : 0;
            return gone
                    ? (Object) (long) fill
                    : Integers.value(number.shiftRight(-bits.intValue()));
        }
        if (number.signum() == 0) {
            return 0L;
        }
        if (bits.bitLength() > 30 || bits.intValue() + number.bitLength() > Integers.MOST_BITS) {
            throw new FunctionException(
                    "system_limit",
                    "An integer moved by %s bits has more than the %d bits that are allowed."
                            .formatted(Described.of(by), Integers.MOST_BITS));
        }
        return Integers.value(number.shiftLeft(bits.intValue()));
    }

    private void defineBytes() {
        group.function("bitsize", "How many bits there are.")
                .overload(Kind.INTEGER, arguments -> bitSize(arguments[0]), BITS)
                .example("bitsize('abc')", "24")
                .add();
        group.function("bytesize", "How many bytes there are, in UTF-8 if it is a text.")
                .overload(
                        Kind.INTEGER,
                        arguments -> byteSize(arguments[0]),
                        Parameter.of("b", Kind.ANY))
                .example("bytesize('héllo')", "6")
                .add();
        group.function(
                        "subbits",
                        "Bits of bytes as a number or as they are: from the first or from 'start'"
                                + " (1 is the first), 'len' of them or as many as there are.")
                .overload(Kind.INTEGER, a -> SubBits.read(a[0], 1L, a[1], INTEGER), BITS, LENGTH)
                .overload(
                        Kind.INTEGER,
                        a -> SubBits.read(a[0], a[1], a[2], INTEGER),
                        BITS,
                        START,
                        LENGTH)
                .prepared(Kind.ANY, constants -> subBits(constants, 4), BITS, START, LENGTH, TYPE)
                .prepared(
                        Kind.ANY,
                        constants -> subBits(constants, 5),
                        BITS,
                        START,
                        LENGTH,
                        TYPE,
                        SIGN)
                .prepared(
                        Kind.ANY,
                        constants -> subBits(constants, 6),
                        BITS,
                        START,
                        LENGTH,
                        TYPE,
                        SIGN,
                        ORDER)
                .inFlink("NULL if there is nothing at the start.")
                .example("subbits('abc', 8)", "97")
                .example("subbits('abc', 9, 8)", "98")
                .example("subbits('abc', 1, 8, 'bits')", "\"a\"")
                .example("subbits('abc', 1, 8, 'integer', 'signed')", "97")
                .example("subbits('abc', 1, 16, 'integer', 'unsigned', 'little')", "25185")
                .add();
    }

    private static final SubBits.Reading INTEGER = new SubBits.Reading("integer", false, false);

    private static Body subBits(Constants constants, int count) {
        boolean known = true;
        for (int i = 3; i < count; i++) {
            known &= constants.has(i);
        }
        if (known) {
            SubBits.Reading reading =
                    SubBits.reading(
                            constants.get(3),
                            count > 4 ? constants.get(4) : "unsigned",
                            count > 5 ? constants.get(5) : "big");
            return a -> SubBits.read(a[0], a[1], a[2], reading);
        }
        return a ->
                SubBits.read(
                        a[0],
                        a[1],
                        a[2],
                        SubBits.reading(
                                a[3], count > 4 ? a[4] : "unsigned", count > 5 ? a[5] : "big"));
    }

    private static Object bitSize(Object bits) {
        return bits instanceof Bits some ? (long) some.count() : 8L * Bytes.of(bits).length;
    }

    private static Object byteSize(Object bytes) {
        long size = IoData.size(bytes);
        if (size < 0) {
            throw new FunctionException(
                    "badarg",
                    "bytesize: b must be a text, bytes or an array of these and is "
                            + Described.of(bytes)
                            + ".");
        }
        return size;
    }
}
