package io.millrace.functions.text;

import io.millrace.functions.value.Integers;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/**
 * The place that one directive of an {@link ErlangFormat} fills.
 *
 * @param out what is written to
 * @param width or {@link FormatDirective#NONE}
 * @param left whether what is narrower is put left
 * @param precision or {@link FormatDirective#NONE}
 * @param pad what fills
 */
record FormatField(StringBuilder out, int width, boolean left, int precision, char pad) {
    private static final int NONE = FormatDirective.NONE;
    private static final int DECIMALS = 6;
    private static final int MOST_BASE = 36;

    /** Erlang rounds what C has written with so many digits. */
    private static final MathContext DIGITS = new MathContext(21, RoundingMode.HALF_EVEN);

    /** One character as often as the width or the precision says. */
    void repeated(char c) {
        int count = precision != NONE ? precision : width != NONE ? width : 1;
        String text = String.valueOf(c).repeat(count);
        adjusted(text, precision == NONE ? 0 : width - count);
    }

    private void adjusted(CharSequence text, int fill) {
        String filling = String.valueOf(pad).repeat(Math.max(0, fill));
        if (left) {
            out.append(text).append(filling);
        } else {
            out.append(filling).append(text);
        }
    }

    /** Any value; what is too long for the width becomes asterisks. */
    void value(Object value, boolean texts) {
        StringBuilder text = new StringBuilder();
        new ErlangTerm(text, texts).write(value);
        term(text, precision);
    }

    /** Any value for a person. Its width would be that of lines, of which there is one. */
    boolean printed(Object value, boolean texts) {
        if (left) {
            return false;
        }
        new ErlangTerm(out, texts).write(value);
        return true;
    }

    private void term(CharSequence text, int most) {
        if (width == NONE && most == NONE) {
            out.append(text);
            return;
        }
        int field = width == NONE ? most : width;
        int room = Math.min(text.length(), most == NONE ? field : Math.min(most, field));
        if (text.length() > room) {
            adjusted("*".repeat(room), field - room);
        } else {
            adjusted(text, field - text.length());
        }
    }

    /** A text; what is too long is cut. The precision is the width of the text in its field. */
    boolean text(StringBuilder text) {
        if (width != NONE && precision > width) {
            return false;
        }
        if (width == NONE && precision == NONE) {
            out.append(text);
        } else if (width == NONE) {
            new FormatField(out, precision, true, NONE, pad).cut(text);
        } else if (precision == NONE || precision == width) {
            cut(text);
        } else {
            StringBuilder inner = new StringBuilder();
            new FormatField(inner, precision, true, NONE, pad).cut(text);
            adjusted(inner, width - precision);
        }
        return true;
    }

    private void cut(StringBuilder text) {
        if (text.length() > width) {
            out.append(text, 0, width);
        } else {
            adjusted(text, width - text.length());
        }
    }

    /**
     * An integer to the base that the precision is.
     *
     * @param prefix what is before it, or null for the base as Erlang writes it
     */
    boolean integer(Object integer, CharSequence prefix, boolean lower) {
        int base = precision == NONE ? 10 : precision;
        if (base < 2 || base > MOST_BASE) {
            return false;
        }
        BigInteger number = Integers.big(integer);
        String digits = number.abs().toString(base);
        String text =
                (number.signum() < 0 ? "-" : "")
                        + (prefix == null ? base + "#" : prefix)
                        + (lower ? digits : digits.toUpperCase(Locale.ROOT));
        term(text, NONE);
        return true;
    }

    /** A float by one of the letters e, f and g. */
    boolean real(double number, char control) {
        int digits = precision == NONE ? DECIMALS : precision;
        String text =
                switch (control) {
                    case 'e' -> digits < 2 ? null : scientific(number, digits);
                    case 'f' -> digits < 1 ? null : fixed(number, digits);
                    default -> digits < 1 ? null : general(number, digits);
                };
        if (text == null) {
            return false;
        }
        term(text, width == NONE ? NONE : width);
        return true;
    }

    private static String general(double number, int digits) {
        double absolute = Math.abs(number);
        int magnitude = absolute < 0.1 ? -2 : -1;
        for (double bound = 1; magnitude >= -1 && absolute >= bound && magnitude < 4; bound *= 10) {
            magnitude++;
        }
        if (magnitude < 4
                && (digits <= 1 && magnitude == -1 || digits - 1 > magnitude && magnitude >= -1)) {
            return fixed(number, digits - 1 - magnitude);
        }
        return scientific(number, Math.max(2, digits));
    }

    private static String fixed(double number, int decimals) {
        return sign(number)
                + written(number).setScale(decimals, RoundingMode.HALF_UP).toPlainString();
    }

    private static String scientific(double number, int digits) {
        BigDecimal value = written(number).round(new MathContext(digits, RoundingMode.HALF_UP));
        String unscaled = value.unscaledValue().toString();
        int exponent = value.signum() == 0 ? 0 : unscaled.length() - 1 - value.scale();
        String all = unscaled + "0".repeat(Math.max(0, digits - unscaled.length()));
        return sign(number)
                + all.charAt(0)
                + "."
                + all.substring(1, digits)
                + (exponent < 0 ? "e" : "e+")
                + exponent;
    }

    private static BigDecimal written(double number) {
        return new BigDecimal(Math.abs(number)).round(DIGITS);
    }

    private static String sign(double number) {
        return number < 0 || 1 / number < 0 ? "-" : "";
    }
}
