package io.millrace.devkit.tdengine.engine;

import io.millrace.devkit.tdengine.sql.Lexer;
import io.millrace.devkit.tdengine.sql.NameParser;
import io.millrace.devkit.tdengine.sql.QualifiedName;
import io.millrace.devkit.tdengine.sql.TaosException;
import io.millrace.devkit.tdengine.sql.TokenKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The parts of an INSERT that do not depend on whether its values are in it or bound later. */
final class InsertSyntax {
    /** Stands for the name of the sub-table in a list of columns. */
    static final Column TBNAME = new Column("tbname", null, -1, Column.Kind.VALUE);

    private final Lexer lexer;

    InsertSyntax(Lexer lexer) {
        this.lexer = lexer;
    }

    /** Goes over INSERT INTO. */
    void begin() {
        lexer.advance(); // INSERT or IMPORT
        if (!lexer.accept("INTO")) {
            throw lexer.is(TokenKind.END) ? incomplete() : TaosException.syntax(lexer.rest());
        }
        if (lexer.is(TokenKind.END)) {
            throw incomplete();
        }
    }

    private static TaosException incomplete() {
        return new TaosException(0x2601, "Incomplete SQL statement");
    }

    /** A table's name as an INSERT may write it. */
    QualifiedName name() {
        String first = part();
        if (!lexer.is(TokenKind.DOT)) {
            return new QualifiedName(null, NameParser.table(first));
        }
        lexer.advance();
        return new QualifiedName(first, NameParser.table(part()));
    }

    private String part() {
        if (lexer.is(TokenKind.QUESTION)) {
            throw fault("? only used in stmt");
        }
        if (!lexer.is(TokenKind.WORD)
                && !lexer.is(TokenKind.QUOTED)
                && !lexer.is(TokenKind.STRING)) {
            throw fault("table_name is expected");
        }
        String name = lexer.name();
        lexer.advance();
        return name;
    }

    /**
     * Goes over a list of columns, to be read when the table is known.
     *
     * @return where it begins, or -1 if there is none
     */
    int columnList() {
        if (!lexer.is(TokenKind.LEFT)) {
            return -1;
        }
        int at = lexer.start();
        skipBrackets(new TaosException(0x216, "syntax error near ') expected'"));
        return at;
    }

    /** Reads the list of columns that begins at a position, and comes back. */
    List<Column> columns(int at, List<Column> known) {
        int back = lexer.start();
        lexer.moveTo(at);
        lexer.advance();
        List<Column> columns = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        while (!lexer.accept(TokenKind.RIGHT)) {
            boolean isName = !lexer.is(TokenKind.INTEGER) && !lexer.is(TokenKind.FLOAT);
            String name = isName ? lexer.name() : lexer.text();
            Column column = Table.find(known, name);
            if (column == null) {
                throw new TaosException(0x2602, "Invalid column name: " + lexer.text());
            }
            if (!seen.add(name)) {
                throw TaosException.inValue(name, "duplicated column name");
            }
            columns.add(column);
            lexer.advance();
            lexer.accept(TokenKind.COMMA);
        }
        lexer.moveTo(back);
        return columns;
    }

    /** The columns of an INSERT straight into a super table: columns, tags and tbname. */
    List<Column> superTableColumns(int at, SuperTable table) {
        if (at < 0) {
            throw TaosException.inInsert(
                    lexer.sql(),
                    lexer.start() - 1,
                    "(...tbname, ts...) bounded cols is expected for supertable insertion");
        }
        List<Column> known = new ArrayList<>(table.columns());
        known.addAll(table.tags());
        known.add(TBNAME);
        return columns(at, known);
    }

    /** Refuses a list of columns that has not the table's key in it. */
    static void checkKey(Table table, List<Column> bound) {
        if (bound.stream().noneMatch(column -> column.kind() == Column.Kind.TIME)) {
            throw TaosException.invalidOperation("Primary timestamp column should not be null");
        }
        if (table.columns().stream()
                .anyMatch(c -> c.kind() == Column.Kind.KEY && !bound.contains(c))) {
            throw TaosException.invalidOperation("Primary key column should not be none");
        }
    }

    /** Refuses a list of columns of a super table that has no tbname in it. */
    static void checkTableName(List<Column> bound) {
        if (!bound.contains(TBNAME)) {
            throw TaosException.invalidOperation("tbname column should not be null");
        }
    }

    void skipBrackets(TaosException unclosed) {
        int depth = 0;
        do {
            if (lexer.is(TokenKind.LEFT)) {
                depth++;
            } else if (lexer.is(TokenKind.RIGHT)) {
                depth--;
            } else if (lexer.is(TokenKind.END)) {
                throw unclosed;
            }
            lexer.advance();
        } while (depth > 0);
    }

    TaosException fault(String reason) {
        return TaosException.inInsert(lexer.sql(), lexer.start(), reason);
    }
}
