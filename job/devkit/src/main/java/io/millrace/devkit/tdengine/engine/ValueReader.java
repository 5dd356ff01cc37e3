package io.millrace.devkit.tdengine.engine;

import io.millrace.devkit.tdengine.sql.ColumnType;
import io.millrace.devkit.tdengine.sql.DataType;
import io.millrace.devkit.tdengine.sql.Lexer;
import io.millrace.devkit.tdengine.sql.Precision;
import io.millrace.devkit.tdengine.sql.Strings;
import io.millrace.devkit.tdengine.sql.TaosException;
import io.millrace.devkit.tdengine.sql.TokenKind;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;

/**
 * Reads literals of an INSERT as values of a column's type, and refuses what TDengine refuses, in
 * its words.
 */
final class ValueReader {
    private static final int MAXIMUM_TEXT = 65531;
    private static final BigDecimal MAXIMUM_UNSIGNED = new BigDecimal("18446744073709551615");

    private final Lexer lexer;
    private final TimeReader times;

    ValueReader(Lexer lexer, TimeReader times) {
        this.lexer = lexer;
        this.times = times;
    }

    /** Reads the value at which the lexer stands and leaves it behind that. */
    Object read(Column column, Precision precision) {
        lexer.joinSign();
        TokenKind kind = lexer.kind();
        int at = lexer.start();
        boolean isNull = lexer.is("NULL");
        if (!isValue(kind)) {
            throw fault(at, "invalid data or symbol");
        }
        ColumnType type = column.type();
        if (isNull || kind == TokenKind.STRING && isQuotedNull(type)) {
            if (column.kind() == Column.Kind.TIME) {
                throw fault(at, "Primary timestamp column should not be null");
            }
            lexer.advance();
            return null;
        }
        if (type.type() == DataType.TIMESTAMP) {
            return times.read(lexer, precision);
        }
        String text = kind == TokenKind.STRING ? lexer.string() : lexer.text();
        if (text.length() >= MAXIMUM_TEXT) {
            throw fault(at, "too long string");
        }
        Object value = convert(column, kind, text, at);
        lexer.advance();
        return value;
    }

    private boolean isValue(TokenKind kind) {
        return switch (kind) {
            case STRING, INTEGER, FLOAT, RADIX, DURATION -> true;
            case WORD ->
                    lexer.is("NULL")
                            || lexer.is("TRUE")
                            || lexer.is("FALSE")
                            || lexer.is("NOW")
                            || lexer.is("TODAY");
            default -> false;
        };
    }

    private boolean isQuotedNull(ColumnType type) {
        return !type.type().isText()
                && !type.type().hasLength()
                && lexer.end() - lexer.start() == 6
                && lexer.string().equalsIgnoreCase("null");
    }

    private Object convert(Column column, TokenKind kind, String text, int at) {
        ColumnType type = column.type();
        if (type.type().isNumeric() && text.isEmpty()) {
            throw fault("", "invalid numeric data");
        }
        boolean word = kind == TokenKind.WORD;
        return switch (type.type()) {
            case BOOL -> bool(kind, text, at);
            case TINYINT -> (int) whole(text, word, at, "tinyint", -128, 127);
            case SMALLINT -> (int) whole(text, word, at, "smallint", -32768, 32767);
            case INT -> (int) whole(text, word, at, "int", Integer.MIN_VALUE, Integer.MAX_VALUE);
            case BIGINT -> whole(text, word, at, "bigint", Long.MIN_VALUE, Long.MAX_VALUE);
            case UTINYINT -> (int) whole(text, word, at, "unsigned tinyint", 0, 255);
            case USMALLINT -> (int) whole(text, word, at, "unsigned smallint", 0, 65535);
            case UINT -> whole(text, word, at, "unsigned int", 0, 4294967295L);
            case UBIGINT -> unsignedBig(text, word, at);
            case FLOAT -> {
                double value = number(text, word, at);
                if (!(Math.abs(value) <= Float.MAX_VALUE)) {
                    throw fault(at, "illegal float data");
                }
                yield (float) value;
            }
            case DOUBLE -> {
                double value = number(text, word, at);
                if (!Double.isFinite(value)) {
                    throw fault(at, "illegal float data");
                }
                yield value;
            }
            case DECIMAL, DECIMAL64 -> decimal(type, text, at);
            case VARCHAR -> limited(column, text, bytes(text));
            case NCHAR -> limited(column, text, text.codePointCount(0, text.length()));
            case JSON -> {
                JsonTag.check(text);
                yield text.isEmpty() ? null : text;
            }
            case VARBINARY, BLOB -> binary(column, text);
            case GEOMETRY -> geometry(column, text);
            case TIMESTAMP -> throw new IllegalStateException("Read by TimeReader");
        };
    }

    private boolean bool(TokenKind kind, String text, int at) {
        if (text.equalsIgnoreCase("true")) {
            return true;
        }
        if (text.equalsIgnoreCase("false")) {
            return false;
        }
        if (kind == TokenKind.WORD) {
            throw fault(at, "invalid bool data");
        }
        Double value = decimalNumber(text);
        if (value == null) {
            throw fault(at, "invalid bool data");
        }
        return value != 0;
    }

    private long whole(String text, boolean word, int at, String name, long least, long most) {
        if (word) {
            throw fault(at, "invalid " + name + " data");
        }
        long value = 0;
        try {
            value = Long.parseLong(text);
        } catch (NumberFormatException notDigitsOnly) {
            Double number = decimalNumber(text);
            if (number == null || Math.abs(number) >= 0x1p63) {
                throw fault(at, "invalid " + name + " data");
            }
            value = (long) Math.copySign(Math.floor(Math.abs(number) + 0.5), number);
        }
        if (least == 0 && value < 0) {
            throw fault(at, "invalid " + name + " data");
        }
        if (value < least || value > most) {
            throw fault(at, name + " data overflow");
        }
        return value;
    }

    private BigDecimal unsignedBig(String text, boolean word, int at) {
        Double approximate = word ? null : decimalNumber(text);
        if (approximate == null) {
            throw fault(at, "invalid unsigned bigint data");
        }
        boolean radix = text.length() > 1 && Character.isLetter(text.charAt(1));
        BigDecimal value =
                (radix ? new BigDecimal(approximate) : new BigDecimal(text))
                        .setScale(0, RoundingMode.HALF_UP);
        if (value.signum() < 0 || value.compareTo(MAXIMUM_UNSIGNED) > 0) {
            throw fault(at, "invalid unsigned bigint data");
        }
        return value;
    }

    private double number(String text, boolean word, int at) {
        Double value = word ? null : decimalNumber(text);
        if (value == null) {
            throw fault(at, "illegal float data");
        }
        return value;
    }

    /** The number that a text is, or null if it is none; Java's own notations are none. */
    private static Double decimalNumber(String text) {
        if (text.isEmpty()) {
            return null;
        }
        if (text.length() > 2 && text.charAt(0) == '0' && Character.isLetter(text.charAt(1))) {
            int radix = Character.toLowerCase(text.charAt(1)) == 'x' ? 16 : 2;
            try {
                return (double) Long.parseLong(text.substring(2), radix);
            } catch (NumberFormatException noNumber) {
                return null;
            }
        }
        char last = text.charAt(text.length() - 1);
        if (last != '.' && (last < '0' || last > '9')) {
            return null;
        }
        try {
            return Double.valueOf(text);
        } catch (NumberFormatException noNumber) {
            return null;
        }
    }

    private BigDecimal decimal(ColumnType type, String text, int at) {
        try {
            BigDecimal value = new BigDecimal(text).setScale(type.scale(), RoundingMode.HALF_UP);
            if (value.precision() > type.precision()) {
                throw new TaosException(0x2600, "Decimal value overflow");
            }
            return value;
        } catch (NumberFormatException noNumber) {
            throw fault(at, "invalid decimal data");
        }
    }

    private static Object limited(Column column, Object value, int length) {
        if (length > column.type().length()) {
            throw tooLong(column);
        }
        return value;
    }

    static TaosException tooLong(Column column) {
        return new TaosException(0x2653, "Value too long for column/tag: " + column.name());
    }

    private static Object binary(Column column, String text) {
        byte[] bytes;
        if (text.toLowerCase(Locale.ROOT).startsWith("\\x")) {
            try {
                bytes = HexFormat.of().parseHex(text.substring(2));
            } catch (IllegalArgumentException noHex) {
                throw new TaosException(0x266a, "Invalid varbinary value: " + column.name());
            }
        } else {
            bytes = text.getBytes(StandardCharsets.UTF_8);
        }
        return column.type().type().hasLength() ? limited(column, bytes, bytes.length) : bytes;
    }

    private static Object geometry(Column column, String text) {
        try {
            byte[] bytes = Wkt.parse(text);
            return limited(column, bytes, bytes.length);
        } catch (IllegalArgumentException broken) {
            throw TaosException.inValue(text, "Invalid function para value");
        }
    }

    private static int bytes(String text) {
        int bytes = text.length();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x800) {
                bytes += Character.isSurrogate(c) ? 1 : 2;
            } else if (c >= 0x80) {
                bytes++;
            }
        }
        return bytes;
    }

    /** The server shows a quoted text without its quotes and without what follows it. */
    private TaosException fault(int at, String reason) {
        return lexer.is(TokenKind.STRING)
                ? fault(Strings.unquote(lexer.sql(), lexer.start(), lexer.end()), reason)
                : TaosException.inInsert(lexer.sql(), at, reason);
    }

    private static TaosException fault(String near, String reason) {
        return TaosException.inValue(near, reason);
    }
}
