package io.millrace.mqtt.format;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonParser.NumberType;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import org.apache.flink.table.data.DecimalData;

/**
 * Readers of numbers. They take JSON numbers, and text that is wholly a number; never more than
 * fits.
 */
final class NumberReaders {
    /** Of more digits than that before the point no integer type holds any. */
    private static final int LONG_DIGITS = 19;

    private NumberReaders() {}

    static ValueReader ofTinyInt() {
        return parser -> (byte) integer(parser, Byte.MIN_VALUE, Byte.MAX_VALUE, "TINYINT");
    }

    static ValueReader ofSmallInt() {
        return parser -> (short) integer(parser, Short.MIN_VALUE, Short.MAX_VALUE, "SMALLINT");
    }

    static ValueReader ofInt() {
        return parser -> (int) integer(parser, Integer.MIN_VALUE, Integer.MAX_VALUE, "INT");
    }

    static ValueReader ofBigInt() {
        return parser -> integer(parser, Long.MIN_VALUE, Long.MAX_VALUE, "BIGINT");
    }

    static ValueReader ofFloat() {
        return parser -> {
            float value =
                    isNumber(parser)
                            ? floatValue(parser)
                            : Float.parseFloat(numericText(parser, "FLOAT"));
            if (Float.isInfinite(value)) {
                throw outOfRange(parser, "FLOAT");
            }
            return value;
        };
    }

    static ValueReader ofDouble() {
        return parser -> {
            double value =
                    isNumber(parser)
                            ? doubleValue(parser)
                            : Double.parseDouble(numericText(parser, "DOUBLE"));
            if (Double.isInfinite(value)) {
                throw outOfRange(parser, "DOUBLE");
            }
            return value;
        };
    }

    private static float floatValue(JsonParser parser) throws IOException {
        float value =
                ShortDecimal.toFloat(
                        parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
        return Float.isNaN(value) ? parser.getFloatValue() : value;
    }

    private static double doubleValue(JsonParser parser) throws IOException {
        double value =
                ShortDecimal.toDouble(
                        parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
        return Double.isNaN(value) ? parser.getDoubleValue() : value;
    }

    /** More digits behind the point than the type has are rounded, as SQL does. */
    static ValueReader ofDecimal(int precision, int scale) {
        String type = "DECIMAL(" + precision + ", " + scale + ")";
        return parser -> {
            BigDecimal value = decimal(parser, type);
            if (value.signum() == 0) {
                value = BigDecimal.ZERO;
            } else if ((long) value.precision() - value.scale() > precision) {
                // Before rounding, which would write 1E999999999 out.
                throw outOfRange(parser, type);
            } else if (value.precision() - (long) value.scale() < -(long) precision) {
                // So small that it is nothing at any scale.
                value = BigDecimal.ZERO;
            }
            DecimalData data = DecimalData.fromBigDecimal(value, precision, scale);
            if (data == null) {
                throw outOfRange(parser, type);
            }
            return data;
        };
    }

    private static long integer(JsonParser parser, long least, long most, String type)
            throws IOException {
        long value;
        if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT
                && parser.getNumberType() != NumberType.BIG_INTEGER) {
            value = parser.getLongValue();
        } else {
            value = wholeNumber(parser, decimal(parser, type), type);
        }
        if (value < least || value > most) {
            throw outOfRange(parser, type);
        }
        return value;
    }

    private static long wholeNumber(JsonParser parser, BigDecimal value, String type)
            throws IOException {
        if (value.signum() == 0) {
            return 0;
        }
        if ((long) value.precision() - value.scale() > LONG_DIGITS) {
            throw outOfRange(parser, type);
        }
        if (value.stripTrailingZeros().scale() > 0) {
            throw Misfit.of(parser, "which is no " + type + ": it has a fraction.");
        }
        try {
            return value.longValueExact();
        } catch (ArithmeticException e) {
            throw outOfRange(parser, type);
        }
    }

    private static BigDecimal decimal(JsonParser parser, String type) throws IOException {
        String text = isNumber(parser) ? parser.getText() : numericText(parser, type);
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException e) {
            // Its exponent is beyond a BigDecimal's.
            throw outOfRange(parser, type);
        }
    }

    private static boolean isNumber(JsonParser parser) {
        return parser.currentToken().isNumeric();
    }

    /** The current value, which must be text and wholly a number. */
    private static String numericText(JsonParser parser, String type) throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw Misfit.noType(parser, type);
        }
        String text = parser.getText();
        if (!isDecimalNumber(text)) {
            throw Misfit.noType(parser, type);
        }
        return text;
    }

    /** {@code [+-]digits[.digits][e[+-]digits]}: no hexadecimal, no NaN, no blanks. */
    static boolean isDecimalNumber(String text) {
        int at = skipSign(text, 0);
        int digits = skipDigits(text, at);
        if (digits == at) {
            return false;
        }
        at = digits;
        if (at < text.length() && text.charAt(at) == '.') {
            digits = skipDigits(text, at + 1);
            if (digits == at + 1) {
                return false;
            }
            at = digits;
        }
        if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
            int exponent = skipSign(text, at + 1);
            at = skipDigits(text, exponent);
            if (at == exponent) {
                return false;
            }
        }
        return at == text.length();
    }

    private static int skipSign(String text, int at) {
        return at < text.length() && (text.charAt(at) == '-' || text.charAt(at) == '+')
                ? at + 1
                : at;
    }

    private static int skipDigits(String text, int at) {
        int end = at;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        return end;
    }

    private static PayloadException outOfRange(JsonParser parser, String type) throws IOException {
        return Misfit.of(parser, "which is out of the range of " + type + ".");
    }
}
