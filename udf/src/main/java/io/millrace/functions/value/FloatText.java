package io.millrace.functions.value;

import com.fasterxml.jackson.core.io.schubfach.DoubleToDecimal;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Floats as text, in the two forms that EMQX's rules have. Erlang's forms in both cases. */
public final class FloatText {
    /** The most decimals of a float in a text. */
    public static final int DECIMALS = 10;

    /** Erlang writes floats into so many bytes, its end mark included. */
    private static final int BUFFER = 256;

    private static final double EXACT = 1L << 53;
    private static final double[] POWERS = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
        1e17, 1e18
    };

    private FloatText() {}

    /** With at most {@link #DECIMALS} decimals, as {@code str} has it. */
    public static String of(double number) {
        return fixed(number, DECIMALS);
    }

    /**
     * With a number of decimals, less the zeros at the end (one decimal stays), never with an
     * exponent.
     *
     * @throws FunctionException {@code badarg} if the decimals are negative or the text would have
     *     more than 255 characters
     */
    public static String fixed(double number, int decimals) {
        if (decimals < 0) {
            throw new FunctionException(
                    "badarg", "There cannot be " + decimals + " decimals; allowed are 0 to 253.");
        }
        double absolute = Math.abs(number);
        if (absolute >= EXACT || decimals >= POWERS.length) {
            return ofAnySize(number, decimals);
        }
        StringBuilder text = new StringBuilder(24);
        if (number < 0) {
            text.append('-');
        }
        if (decimals == 0) {
            return text.append((long) Math.floor(absolute + 0.5)).toString();
        }
        long whole = (long) absolute;
        long fraction = halfUp((absolute - whole) * POWERS[decimals]);
        if (fraction >= (long) POWERS[decimals]) {
            whole++;
            fraction = 0;
        }
        text.append(whole).append('.');
        int zeros = decimals;
        for (long rest = fraction; rest != 0; rest /= 10) {
            zeros--;
        }
        if (fraction == 0) {
            return text.append('0').toString();
        }
        while (fraction % 10 == 0) {
            fraction /= 10;
        }
        for (int i = 0; i < zeros; i++) {
            text.append('0');
        }
        return text.append(fraction).toString();
    }

    /** Above 2^52 there is no half, and adding one would change the number. */
    private static long halfUp(double number) {
        long whole = (long) number;
        return number - whole >= 0.5 ? whole + 1 : whole;
    }

    private static String ofAnySize(double number, int decimals) {
        if (decimals > BUFFER) {
            throw tooLong(number, decimals);
        }
        String text =
                new BigDecimal(number).setScale(decimals, RoundingMode.HALF_EVEN).toPlainString();
        if (text.length() >= BUFFER) {
            throw tooLong(number, decimals);
        }
        int end = text.length();
        if (decimals > 0) {
            while (text.charAt(end - 1) == '0' && text.charAt(end - 2) != '.') {
                end--;
            }
        }
        return text.substring(0, end);
    }

    private static FunctionException tooLong(double number, int decimals) {
        return new FunctionException(
                "badarg",
                number
                        + " with "
                        + decimals
                        + " decimals has more than the "
                        + (BUFFER - 1)
                        + " characters that a float may have as text.");
    }

    /**
     * The fewest digits that give the same float again, with an exponent where that is shorter or
     * the float is no exact integer any more. JSON and {@code ~p} have it.
     */
    public static String shortest(double number) {
        return shortest(new StringBuilder(24), number).toString();
    }

    /** Appends what {@link #shortest(double)} returns. */
    static StringBuilder shortest(StringBuilder out, double number) {
        if (number == 0) {
            return out.append(1 / number < 0 ? "-0.0" : "0.0");
        }
        String java = DoubleToDecimal.toString(Math.abs(number));
        if (number < 0) {
            out.append('-');
        }
        int mark = java.indexOf('E');
        int end = mark < 0 ? java.length() : mark;
        int point = java.indexOf('.');
        String digits = java.substring(0, point) + java.substring(point + 1, end);
        int exponent =
                (mark < 0 ? 0 : Integer.parseInt(java.substring(mark + 1))) - (end - point - 1);
        int from = 0;
        while (digits.charAt(from) == '0') {
            from++;
        }
        int to = digits.length();
        while (digits.charAt(to - 1) == '0') {
            to--;
            exponent++;
        }
        return write(out, digits.substring(from, to), exponent, Math.abs(number));
    }

    /** Writes digits times ten to the exponent. */
    private static StringBuilder write(
            StringBuilder out, String digits, int exponent, double absolute) {
        int count = digits.length();
        int scientific = exponent + count - 1;
        int lower = count == 1 ? -4 : -(count + 2);
        int upper = count == 1 || scientific >= 10 ? 2 : 1;
        if (exponent < lower || exponent > upper || exponent >= 0 && absolute >= EXACT) {
            out.append(digits, 0, 1).append('.');
            out.append(count == 1 ? "0" : digits.substring(1));
            return out.append('e').append(scientific);
        }
        int whole = count + exponent;
        if (exponent >= 0) {
            return out.append(digits).append("0".repeat(exponent)).append(".0");
        }
        if (whole > 0) {
            return out.append(digits, 0, whole).append('.').append(digits, whole, count);
        }
        return out.append("0.").append("0".repeat(-whole)).append(digits);
    }
}
