package io.millrace.functions.value;

import java.math.BigInteger;

/**
 * The operators {@code + - * / div mod} and the sign. Integers never overflow; a float with an
 * integer gives a float; no answer is NaN or infinite.
 */
public final class Arithmetic {
    private Arithmetic() {}

    /**
     * Adds numbers, or joins the texts of both if one is a text.
     *
     * @throws FunctionException {@code bad_sql_function_argument} for anything else, {@code
     *     badarith} if a float would be too large
     */
    public static Object add(Object left, Object right) {
        if (left instanceof Long a && right instanceof Long b) {
            long x = a;
            long y = b;
            long sum = x + y;
            return ((x ^ sum) & (y ^ sum)) < 0
                    ? Integers.big(left).add(Integers.big(right))
                    : (Object) sum;
        }
        if (left instanceof Double a && right instanceof Double b) {
            return finite(a + b, "+");
        }
        if (isText(left) || isText(right)) {
            return TextForm.join(left, right);
        }
        if (areIntegers(left, right)) {
            return Integers.value(Integers.big(left).add(Integers.big(right)));
        }
        return finite(real(left, right, left, "+") + real(left, right, right, "+"), "+");
    }

    /**
     * Subtracts numbers.
     *
     * @throws FunctionException as {@link #multiply}
     */
    public static Object subtract(Object left, Object right) {
        if (left instanceof Long a && right instanceof Long b) {
            long x = a;
            long y = b;
            long difference = x - y;
            return ((x ^ y) & (x ^ difference)) < 0
                    ? Integers.big(left).subtract(Integers.big(right))
                    : (Object) difference;
        }
        if (left instanceof Double a && right instanceof Double b) {
            return finite(a - b, "-");
        }
        if (areIntegers(left, right)) {
            return Integers.value(Integers.big(left).subtract(Integers.big(right)));
        }
        return finite(real(left, right, left, "-") - real(left, right, right, "-"), "-");
    }

    /**
     * Multiplies numbers.
     *
     * @throws FunctionException {@code bad_sql_function_argument} if one is no number, {@code
     *     badarith} if a float would be too large
     */
    public static Object multiply(Object left, Object right) {
        if (left instanceof Long a && right instanceof Long b) {
            long x = a;
            long y = b;
            long high = Math.multiplyHigh(x, y);
            long low = x * y;
            return high == low >> 63
                    ? (Object) low
                    : Integers.big(left).multiply(Integers.big(right));
        }
        if (left instanceof Double a && right instanceof Double b) {
            return finite(a * b, "*");
        }
        if (areIntegers(left, right)) {
            return Integers.value(Integers.big(left).multiply(Integers.big(right)));
        }
        return finite(real(left, right, left, "*") * real(left, right, right, "*"), "*");
    }

    /**
     * Divides numbers; the answer is a float.
     *
     * @throws FunctionException as {@link #multiply}, {@code badarith} also for a divisor of zero
     */
    public static Object divide(Object left, Object right) {
        double dividend = real(left, right, left, "/");
        double divisor = real(left, right, right, "/");
        if (divisor == 0) {
            throw byZero("/", left);
        }
        return finite(dividend / divisor, "/");
    }

    /**
     * Divides integers, toward zero.
     *
     * @throws FunctionException {@code bad_sql_function_argument} if one is no integer, {@code
     *     badarith} for a divisor of zero
     */
    public static Object div(Object left, Object right) {
        if (left instanceof Long a && right instanceof Long b && b != 0 && b != -1) {
            return a / b;
        }
        return Integers.value(dividend(left, right, "div").divide(Integers.big(right)));
    }

    /**
     * The rest of a division of integers, with the sign of the left one.
     *
     * @throws FunctionException as {@link #div}
     */
    public static Object mod(Object left, Object right) {
        if (left instanceof Long a && right instanceof Long b && b != 0) {
            return a % b;
        }
        return Integers.value(dividend(left, right, "mod").remainder(Integers.big(right)));
    }

    /**
     * Changes the sign.
     *
     * @throws FunctionException {@code badarith} if the value is no number
     */
    public static Object negate(Object value) {
        if (value instanceof Long number && number != Long.MIN_VALUE) {
            return -number;
        }
        if (value instanceof Double number) {
            return -number;
        }
        if (Integers.is(value)) {
            return Integers.value(Integers.big(value).negate());
        }
        throw new FunctionException(
                "badarith", "-: the operand must be a number and is " + Described.of(value) + ".");
    }

    private static BigInteger dividend(Object left, Object right, String operator) {
        if (!areIntegers(left, right)) {
            throw operands(left, right, operator, "two integers");
        }
        BigInteger divisor = Integers.big(right);
        if (divisor.signum() == 0) {
            throw byZero(operator, left);
        }
        return Integers.big(left);
    }

    private static boolean isText(Object value) {
        return value instanceof String || value instanceof Bytes;
    }

    private static boolean areIntegers(Object left, Object right) {
        return Integers.is(left) && Integers.is(right);
    }

    private static double real(Object left, Object right, Object operand, String operator) {
        if (!(left instanceof Number) || !(right instanceof Number)) {
            throw operands(
                    left,
                    right,
                    operator,
                    operator.equals("+") ? "two numbers, or one of them a text" : "two numbers");
        }
        return (double) finite(((Number) operand).doubleValue(), operator);
    }

    private static Object finite(double answer, String operator) {
        if (Double.isFinite(answer)) {
            return answer;
        }
        throw new FunctionException(
                "badarith", operator + ": the answer is too large for a float.");
    }

    private static FunctionException byZero(String operator, Object left) {
        return new FunctionException(
                "badarith", operator + ": " + Described.of(left) + " is divided by zero.");
    }

    private static FunctionException operands(
            Object left, Object right, String operator, String allowed) {
        return new FunctionException(
                "bad_sql_function_argument",
                "%s: the operands must be %s and are %s and %s."
                        .formatted(operator, allowed, Described.of(left), Described.of(right)));
    }
}
