package io.millrace.devkit.tdengine.sql;

import java.util.Locale;

/** Parses data types. */
final class TypeParser {
    private static final int MAXIMUM_BYTES = 65517;
    private static final int MAXIMUM_CHARACTERS = 16379;

    private final Lexer lexer;

    TypeParser(Lexer lexer) {
        this.lexer = lexer;
    }

    ColumnType type() {
        if (!lexer.is(TokenKind.WORD)) {
            throw TaosException.syntax(lexer.rest());
        }
        String rest = lexer.rest();
        String word = lexer.text().toUpperCase(Locale.ROOT);
        lexer.advance();
        boolean unsigned = lexer.accept("UNSIGNED");
        DataType type =
                switch (word) {
                    case "INTEGER" -> DataType.INT;
                    case "BINARY" -> DataType.VARCHAR;
                    case "NUMERIC" -> DataType.DECIMAL;
                    default -> byName(word, rest);
                };
        if (unsigned) {
            type =
                    switch (type) {
                        case TINYINT -> DataType.UTINYINT;
                        case SMALLINT -> DataType.USMALLINT;
                        case INT -> DataType.UINT;
                        case BIGINT -> DataType.UBIGINT;
                        default -> throw TaosException.syntax(rest);
                    };
        }
        if (type.isDecimal()) {
            return decimal();
        }
        return type.hasLength() ? withLength(type) : ColumnType.of(type);
    }

    private static DataType byName(String word, String rest) {
        for (DataType type : DataType.values()) {
            if (type.sql().equals(word)) {
                return type;
            }
        }
        throw TaosException.syntax(rest);
    }

    private ColumnType withLength(DataType type) {
        if (!lexer.accept(TokenKind.LEFT)) {
            throw TaosException.syntax(lexer.rest());
        }
        long length = number();
        close();
        int maximum = type == DataType.NCHAR ? MAXIMUM_CHARACTERS : MAXIMUM_BYTES;
        if (length < 1 || length > maximum) {
            throw new TaosException(0x2642, "Invalid column length for var length type");
        }
        return ColumnType.of(type, (int) length);
    }

    private ColumnType decimal() {
        long precision = 10;
        long scale = 0;
        if (lexer.accept(TokenKind.LEFT)) {
            precision = number();
            if (lexer.accept(TokenKind.COMMA)) {
                scale = number();
            }
            close();
        }
        if (precision < 1 || precision > 38 || scale > precision) {
            throw new TaosException(0x2600, "Invalid decimal precision or scale");
        }
        return ColumnType.decimal((int) precision, (int) scale);
    }

    private long number() {
        String text = lexer.text();
        if (!lexer.accept(TokenKind.INTEGER)) {
            throw TaosException.syntax(lexer.rest());
        }
        return text.length() > 9 ? Integer.MAX_VALUE : Long.parseLong(text);
    }

    private void close() {
        if (!lexer.accept(TokenKind.RIGHT)) {
            throw TaosException.syntax(lexer.rest());
        }
    }
}
