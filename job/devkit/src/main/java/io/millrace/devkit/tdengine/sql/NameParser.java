package io.millrace.devkit.tdengine.sql;

/** Parses names of databases, tables and columns and checks what TDengine checks of them. */
public final class NameParser {
    private static final int MAXIMUM_TABLE = 192;
    private static final int MAXIMUM_OTHER = 64;

    private final Lexer lexer;

    public NameParser(Lexer lexer) {
        this.lexer = lexer;
    }

    /** {@code table} or {@code database.table}. */
    public QualifiedName table() {
        String first = identifier();
        if (!lexer.accept(TokenKind.DOT)) {
            return new QualifiedName(null, table(first));
        }
        return new QualifiedName(first, table(identifier()));
    }

    /** The name of a database. */
    public String database() {
        return limited(identifier());
    }

    /** The name of a column or tag. */
    public String column() {
        return limited(identifier());
    }

    private String identifier() {
        if (lexer.is(TokenKind.WORD) && Keywords.isReserved(lexer.text())
                || !lexer.is(TokenKind.WORD) && !lexer.is(TokenKind.QUOTED)) {
            throw TaosException.syntax(lexer.rest());
        }
        String name = lexer.name();
        lexer.advance();
        return name;
    }

    private static String limited(String name) {
        if (name.isEmpty() || name.length() > MAXIMUM_OTHER) {
            throw new TaosException(0x2617, "Invalid identifier name: " + name);
        }
        return name;
    }

    /** Checks the name of a table, whatever way it was given. */
    public static String table(String name) {
        if (name.isEmpty()) {
            throw new TaosException(0x2617, "Invalid identifier name: invalid table name");
        }
        if (name.indexOf('.') >= 0) {
            throw new TaosException(0x2617, "The table name cannot contain '.'");
        }
        if (name.length() > MAXIMUM_TABLE) {
            throw TaosException.invalidOperation("name too long");
        }
        return name;
    }
}
