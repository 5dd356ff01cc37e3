package io.millrace.functions.library;

import io.millrace.functions.value.Bits;
import io.millrace.functions.value.Bytes;
import io.millrace.functions.value.Described;
import io.millrace.functions.value.FloatText;
import io.millrace.functions.value.FunctionException;
import io.millrace.functions.value.Integers;
import io.millrace.functions.value.Maps;
import io.millrace.functions.value.NumberText;
import io.millrace.functions.value.TextForm;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/** The group {@code conversion}. */
final class ConversionFunctions {
    private static final String BAD = "bad_sql_function_argument";
    private static final Parameter X = Parameter.of("x", Kind.ANY);
    private static final Parameter DECIMALS = Parameter.of("decimals", Kind.INTEGER);
    private static final Parameter DATA = Parameter.of("b", Kind.BITS);

    private final FunctionGroup group;

    private ConversionFunctions(FunctionGroup group) {
        this.group = group;
    }

    static void define(Function<String, FunctionGroup> library) {
        ConversionFunctions functions = new ConversionFunctions(library.apply("conversion"));
        functions.defineTexts();
        functions.defineNumbers();
        functions.defineHexadecimals();
    }

    private void defineTexts() {
        group.function(
                        "str",
                        "The text of a value: a float with at most ten decimals and no exponent, a"
                                + " map or an array as JSON.")
                .overload(Kind.TEXT, arguments -> TextForm.of(arguments[0]), X)
                .inFlink("CAST AS STRING writes floats in another way.")
                .example("str(100000000000000000000.0)", "\"100000000000000000000.0\"")
                .add();
        group.function("str_utf8", "The text of a value in UTF-8.")
                .overload(Kind.TEXT, arguments -> text("str_utf8", arguments[0]), X)
                .example("str_utf8('é')", "\"é\"")
                .add();
        group.function("str_utf16_le", "The text of a value in UTF-16, the low byte first.")
                .overload(
                        Kind.BYTES,
                        arguments ->
                                Bytes.value(
                                        text("str_utf16_le", arguments[0])
                                                .getBytes(StandardCharsets.UTF_16LE)),
                        X)
                .example("bin2hexstr(str_utf16_le('a'))", "\"6100\"")
                .add();
        group.function("map", "A map, or the one that a JSON text holds.")
                .overload(Kind.MAP, arguments -> Maps.of(arguments[0]), X)
                .example("map('{\"a\":1}')", "{\"a\":1}")
                .add();
    }

    private static String text(String function, Object value) {
        if (TextForm.of(value) instanceof String text) {
            return text;
        }
        throw refusal(function, "a value whose text is UTF-8", value);
    }

    private void defineNumbers() {
        group.function("bool", "A boolean, of itself, 'true', 'false', 1 and 0.")
                .overload(Kind.BOOLEAN, arguments -> bool(arguments[0]), X)
                .example("bool(1)", "true")
                .add();
        group.function(
                        "int",
                        "An integer, of a number or its text; what is behind the point is cut"
                                + " down.")
                .overload(Kind.INTEGER, arguments -> integer(arguments[0]), X)
                .inFlink("CAST cuts toward zero.")
                .example("int(-42.1)", "-43")
                .add();
        group.function("float", "A float, of a number or its text, perhaps with fewer decimals.")
                .overload(Kind.FLOAT, arguments -> real(arguments[0]), X)
                .overload(Kind.FLOAT, arguments -> real(arguments[0], arguments[1]), X, DECIMALS)
                .example("float('3')", "3.0")
                .example("float(2.675, 2)", "2.67")
                .add();
        group.function("float2str", "The text of a float with a number of decimals.")
                .overload(
                        Kind.TEXT,
                        arguments -> FloatText.fixed((Double) arguments[0], small(arguments[1])),
                        Parameter.of("x", Kind.FLOAT).refusing("badarg"),
                        DECIMALS.refusing("badarg"))
                .example("float2str(3.14159, 2)", "\"3.14\"")
                .add();
    }

    private static Object bool(Object x) {
        if (x instanceof Boolean) {
            return x;
        }
        if (x instanceof Long || x instanceof Double) {
            double number = ((Number) x).doubleValue();
            if (number == 0 || number == 1) {
                return number == 1;
            }
        }
        if ("true".equals(x) || "false".equals(x)) {
            return "true".equals(x);
        }
        throw refusal("bool", "a boolean, 'true', 'false', 1 or 0", x);
    }

    private static Object integer(Object x) {
        if (Integers.is(x)) {
            return x;
        }
        Object number = x instanceof String text ? NumberText.parse(text) : x;
        if (number instanceof Boolean yes) {
            return yes ? 1L : 0L;
        }
        if (number instanceof Double real) {
            return Integers.value(
                    new BigDecimal(real).setScale(0, RoundingMode.FLOOR).toBigInteger());
        }
        if (number == null || !Integers.is(number)) {
            throw refusal("int", "a number, a boolean or the text of a number", x);
        }
        return number;
    }

    private static Double real(Object x) {
        Object number = x instanceof String text ? NumberText.parse(text) : x;
        double real = number instanceof Number some ? some.doubleValue() : Double.NaN;
        if (!Double.isFinite(real)) {
            throw refusal("float", "a number or the text of one, not too large for a float", x);
        }
        return real;
    }

    private static Double real(Object x, Object decimals) {
        if (Integers.big(decimals).signum() <= 0) {
            throw new FunctionException(
                    BAD, "float: decimals is " + decimals + "; it must be positive.");
        }
        return Double.valueOf(FloatText.fixed(real(x), small(decimals)));
    }

    /** Out of the range of int there is no number of decimals that is allowed. */
    private static int small(Object decimals) {
        return decimals instanceof Long number && number == (int) (long) number
                ? (int) (long) number
                : Integer.MAX_VALUE;
    }

    private void defineHexadecimals() {
        Parameter prefix = Parameter.of("prefix", Kind.ANY);
        group.function("bin2hexstr", "Bytes as hexadecimal digits in upper case, perhaps prefixed.")
                .overload(Kind.TEXT, arguments -> Hexadecimal.write(arguments[0], ""), DATA)
                .overload(
                        Kind.TEXT,
                        arguments ->
                                Hexadecimal.write(arguments[0], Hexadecimal.prefix(arguments[1])),
                        DATA,
                        prefix)
                .inFlink("Flink's HEX is the same for texts.")
                .example("bin2hexstr('abc')", "\"616263\"")
                .example("bin2hexstr('abc', '0x')", "\"0x616263\"")
                .add();
        group.function("sqlserver_bin2hexstr", "Bytes as SQL Server writes them, with 0x.")
                .overload(Kind.TEXT, arguments -> Hexadecimal.write(arguments[0], "0x"), DATA)
                .example("sqlserver_bin2hexstr('abc')", "\"0x616263\"")
                .add();
        Parameter digits = Parameter.of("s", Kind.TEXT).refusing(BAD);
        group.function("hexstr2bin", "Bytes of hexadecimal digits, perhaps behind a prefix.")
                .overload(Kind.BYTES, arguments -> Hexadecimal.read((String) arguments[0]), digits)
                .overload(
                        Kind.BYTES,
                        arguments -> Hexadecimal.read((String) arguments[0], (String) arguments[1]),
                        digits,
                        Parameter.of("prefix", Kind.TEXT).refusing(BAD))
                .inFlink("Flink's UNHEX gives NULL for what it cannot read.")
                .example("hexstr2bin('616263')", "\"abc\"")
                .example("hexstr2bin('0x616263', '0x')", "\"abc\"")
                .add();
    }

    private static FunctionException refusal(String function, String allowed, Object value) {
        return new FunctionException(
                "badarg",
                "%s: x must be %s and is %s.".formatted(function, allowed, Described.of(value)));
    }

    /** Bytes and bits as digits. */
    private static final class Hexadecimal {
        private static final String DIGITS = "0123456789ABCDEF";

        private Hexadecimal() {}

        static String prefix(Object prefix) {
            if (prefix == null) {
                return "";
            }
            if (prefix instanceof String text) {
                return text;
            }
            throw new FunctionException(
                    BAD, "bin2hexstr: prefix must be a text and is " + Described.of(prefix) + ".");
        }

        static String write(Object data, String prefix) {
            byte[] bytes = data instanceof Bits bits ? bits.bytes() : Bytes.of(data);
            TextForm.limit(prefix.length() + 2L * bytes.length);
            StringBuilder out = new StringBuilder(prefix.length() + 2 * bytes.length);
            out.append(prefix);
            if (data instanceof Bits bits) {
                bits(out, bits);
            } else {
                for (byte each : bytes) {
                    out.append(DIGITS.charAt(each >> 4 & 15)).append(DIGITS.charAt(each & 15));
                }
            }
            return out.toString();
        }

        /** Four bits a digit, with zeros before the first. */
        private static void bits(StringBuilder out, Bits bits) {
            int zeros = (4 - bits.count() % 4) % 4;
            int digit = 0;
            for (int i = 0; i < bits.count(); i++) {
                digit = digit << 1 | bits.bytes()[i / 8] >> (7 - i % 8) & 1;
                if ((i + zeros) % 4 == 3) {
                    out.append(DIGITS.charAt(digit));
                    digit = 0;
                }
            }
        }

        static Object read(String text, String prefix) {
            if (!text.startsWith(prefix)) {
                throw new FunctionException(
                        "binary_prefix_unmatch",
                        "hexstr2bin: %s does not begin with %s."
                                .formatted(Described.of(text), Described.of(prefix)));
            }
            return read(text.substring(prefix.length()));
        }

        static Object read(String text) {
            int odd = text.length() % 2;
            byte[] bytes = new byte[(text.length() + 1) / 2];
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                int digit = c < 0x80 ? Character.digit(c, 16) : -1;
                if (digit < 0) {
                    throw new FunctionException(
                            BAD,
                            "hexstr2bin: "
                                    + Described.of(text)
                                    + " has more than hexadecimal digits.");
                }
                int at = (i + odd) / 2;
                bytes[at] = (byte) (bytes[at] << 4 | digit);
            }
            return Bytes.value(bytes);
        }
    }
}
