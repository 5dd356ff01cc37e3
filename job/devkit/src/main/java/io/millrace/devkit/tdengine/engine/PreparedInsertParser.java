package io.millrace.devkit.tdengine.engine;

import io.millrace.devkit.tdengine.sql.Lexer;
import io.millrace.devkit.tdengine.sql.QualifiedName;
import io.millrace.devkit.tdengine.sql.TaosException;
import io.millrace.devkit.tdengine.sql.TokenKind;
import java.util.ArrayList;
import java.util.List;

/** Parses an INSERT whose values are all {@code ?}. */
final class PreparedInsertParser {
    private final Catalog catalog;
    private final Session session;
    private final Lexer lexer;
    private final InsertSyntax syntax;

    PreparedInsertParser(String sql, Catalog catalog, Session session) {
        this.catalog = catalog;
        this.session = session;
        this.lexer = new Lexer(sql);
        this.syntax = new InsertSyntax(lexer);
    }

    InsertForm parse() {
        syntax.begin();
        QualifiedName name = lexer.is(TokenKind.QUESTION) ? boundName() : givenName();
        if (name != null && name.database() == null && session.database() == null) {
            throw TaosException.invalidOperation("db is not specified");
        }
        int columnsAt = syntax.columnList();
        InsertForm form;
        if (lexer.accept("USING")) {
            form = using(name, columnsAt);
        } else if (name == null) {
            throw nameNotSet();
        } else {
            form = table(name, columnsAt);
        }
        values(form);
        return form;
    }

    private QualifiedName boundName() {
        lexer.advance();
        return null;
    }

    private QualifiedName givenName() {
        int at = lexer.start();
        lexer.advance();
        if (lexer.accept(TokenKind.DOT) && lexer.is(TokenKind.QUESTION)) {
            throw nameNotSet();
        }
        lexer.moveTo(at);
        return syntax.name();
    }

    private static TaosException nameNotSet() {
        return new TaosException(0x22b, "Stmt table name not set");
    }

    private InsertForm using(QualifiedName name, int columnsBefore) {
        SuperTable parent;
        try {
            parent = catalog.superTable(syntax.name(), session);
        } catch (TaosException missing) {
            throw name == null && missing.code() == 0x2603 ? nameNotSet() : missing;
        }
        int tagsAt = syntax.columnList();
        if (!lexer.accept("TAGS")) {
            throw syntax.fault("TAGS is expected");
        }
        List<Column> tags = tagsAt < 0 ? parent.tags() : syntax.columns(tagsAt, parent.tags());
        tagMarks(tags.size());
        int columnsAt = columnsBefore < 0 ? syntax.columnList() : columnsBefore;
        List<Column> columns =
                columnsAt < 0 ? parent.columns() : syntax.columns(columnsAt, parent.columns());
        InsertSyntax.checkKey(parent, columns);
        List<BindField> fields = new ArrayList<>();
        if (name == null) {
            fields.add(BindField.tableName());
        }
        tags.forEach(tag -> fields.add(BindField.of(tag, parent.database())));
        columns.forEach(column -> fields.add(BindField.of(column, parent.database())));
        return new InsertForm(
                name == null ? null : name.name(),
                null,
                parent,
                false,
                tags,
                columns,
                List.copyOf(fields));
    }

    /** Literal tags are as good as none: the server takes what is bound, or else NULL. */
    private void tagMarks(int expected) {
        if (!lexer.accept(TokenKind.LEFT)) {
            throw syntax.fault("( is expected");
        }
        int count = 0;
        while (!lexer.is(TokenKind.RIGHT)) {
            if (lexer.is(TokenKind.END)) {
                throw syntax.fault(") is expected");
            }
            count += lexer.is(TokenKind.COMMA) ? 0 : 1;
            lexer.joinSign();
            lexer.advance();
        }
        lexer.advance();
        if (count > expected) {
            throw new TaosException(0x260d, "Tags number not matched");
        }
        if (count < expected) {
            throw TaosException.invalidOperation("no mix usage for ? and tag values");
        }
    }

    private InsertForm table(QualifiedName name, int columnsBefore) {
        Table table = catalog.table(name, session);
        int columnsAt = columnsBefore;
        if (table instanceof SuperTable parent) {
            List<Column> bound = syntax.superTableColumns(columnsAt, parent);
            InsertSyntax.checkTableName(bound);
            InsertSyntax.checkKey(parent, bound);
            return InsertForm.superTable(parent, bound);
        }
        List<Column> columns =
                columnsAt < 0 ? table.columns() : syntax.columns(columnsAt, table.columns());
        InsertSyntax.checkKey(table, columns);
        return new InsertForm(
                table.name(),
                (Series) table,
                null,
                false,
                List.of(),
                columns,
                columns.stream().map(column -> BindField.of(column, table.database())).toList());
    }

    private void values(InsertForm form) {
        if (lexer.is("FILE") || lexer.is("SELECT")) {
            throw TaosException.unsupported("INSERT ... " + lexer.text());
        }
        if (!lexer.accept("VALUES") && !lexer.accept("VALUE")) {
            throw TaosException.syntax(lexer.rest());
        }
        int marks =
                form.rawNames()
                        ? form.tags().size() + form.columns().size() + 1
                        : form.columns().size();
        while (lexer.accept(TokenKind.LEFT)) {
            row(marks);
            lexer.accept(TokenKind.COMMA);
        }
        if (!lexer.is(TokenKind.END) && !lexer.is(TokenKind.SEMICOLON)) {
            throw TaosException.invalidOperation("single table allowed in one stmt");
        }
    }

    private void row(int marks) {
        for (int i = 0; i < marks; i++) {
            if (i > 0 && !lexer.accept(TokenKind.COMMA)) {
                throw syntax.fault(", expected");
            }
            if (!lexer.accept(TokenKind.QUESTION)) {
                throw TaosException.invalidOperation(
                        "stmt bind param does not support normal value in sql");
            }
        }
        if (lexer.is(TokenKind.COMMA)) {
            throw new TaosException(0x263f, "Illegal number of columns");
        }
        if (!lexer.accept(TokenKind.RIGHT)) {
            throw syntax.fault(") expected");
        }
    }
}
