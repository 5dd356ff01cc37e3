package io.millrace.devkit.tdengine.engine;

import io.millrace.devkit.tdengine.sql.Lexer;
import io.millrace.devkit.tdengine.sql.QualifiedName;
import io.millrace.devkit.tdengine.sql.TaosException;
import io.millrace.devkit.tdengine.sql.TokenKind;
import java.util.Arrays;
import java.util.List;

/** Parses one INSERT straight into typed rows. */
final class InsertParser {
    private final Catalog catalog;
    private final Session session;
    private final Lexer lexer;
    private final InsertSyntax syntax;
    private final ValueReader values;
    private final InsertPlan plan = new InsertPlan();
    private boolean any;

    InsertParser(String sql, Catalog catalog, Session session, TimeReader times) {
        this.catalog = catalog;
        this.session = session;
        this.lexer = new Lexer(sql);
        this.syntax = new InsertSyntax(lexer);
        this.values = new ValueReader(lexer, times);
    }

    InsertPlan parse() {
        syntax.begin();
        while (!lexer.is(TokenKind.END) && !lexer.is(TokenKind.SEMICOLON)) {
            table();
        }
        if (!any) {
            throw TaosException.invalidOperation("no data in sql");
        }
        return plan;
    }

    private void table() {
        QualifiedName name = syntax.name();
        if (name.database() == null && session.database() == null) {
            throw TaosException.invalidOperation("db is not specified");
        }
        Database database = catalog.databaseOf(name, session);
        int columnsAt = syntax.columnList();
        InsertPlan.Target target = null;
        Table table;
        if (lexer.accept("USING")) {
            SuperTable parent = catalog.superTable(syntax.name(), session);
            target = using(database, parent, name.name());
            table = parent;
        } else {
            table = database.tables().get(name.name());
            if (table == null) {
                throw new TaosException(0x2603, "Table does not exist");
            }
            if (table instanceof Series series) {
                target = new InsertPlan.Target(series, null);
            }
        }
        if (columnsAt < 0) {
            columnsAt = syntax.columnList();
        }
        if (lexer.is("FILE") || lexer.is("SELECT")) {
            throw TaosException.unsupported("INSERT ... " + lexer.text());
        }
        if (lexer.is("VALUES") || lexer.is("VALUE")) {
            rows(database, table, target, columnsAt);
        } else {
            throw TaosException.syntax(lexer.rest());
        }
    }

    private InsertPlan.Target using(Database database, SuperTable parent, String name) {
        int tagsAt = syntax.columnList();
        if (!lexer.accept("TAGS")) {
            throw syntax.fault("TAGS is expected");
        }
        if (!lexer.is(TokenKind.LEFT)) {
            throw syntax.fault("( is expected");
        }
        List<Column> tags = tagsAt < 0 ? parent.tags() : syntax.columns(tagsAt, parent.tags());
        InsertPlan.Target target = existing(database, parent, name);
        if (target == null) {
            target = plan.created(parent, name);
        }
        if (target != null) {
            syntax.skipBrackets(
                    syntax.fault(") is expected")); // tags of a sub-table that is there already are
            // ignored
        } else {
            target = plan.create(parent, name, new TagReader(lexer, values).read(parent, tags));
        }
        while (lexer.is("TTL") || lexer.is("COMMENT")) {
            lexer.advance();
            lexer.advance();
        }
        return target;
    }

    private static InsertPlan.Target existing(Database database, SuperTable parent, String name) {
        Table table = database.tables().get(name);
        if (table != null && !(table instanceof SubTable sub && sub.parent() == parent)) {
            throw new TaosException(0x61d, "Table already exists in other stables");
        }
        return table == null ? null : new InsertPlan.Target((Series) table, null);
    }

    private void rows(Database database, Table table, InsertPlan.Target target, int columnsAt) {
        List<Column> bound;
        if (target == null) {
            bound = syntax.superTableColumns(columnsAt, (SuperTable) table);
            InsertSyntax.checkTableName(bound);
        } else {
            bound = columnsAt < 0 ? table.columns() : syntax.columns(columnsAt, table.columns());
        }
        InsertSyntax.checkKey(table, bound);
        RowSink sink =
                target == null
                        ? new SuperTableRows(plan, database, (SuperTable) table, bound)
                        : plan.batch(target, bound)::add;
        lexer.advance();
        if (!lexer.is(TokenKind.LEFT)) {
            throw new TaosException(0x216, "syntax error near 'no any data points'");
        }
        while (lexer.accept(TokenKind.LEFT)) {
            sink.add(row(bound, database));
            any = true;
            lexer.accept(TokenKind.COMMA);
        }
    }

    interface RowSink {
        void add(Object[] row);
    }

    private Object[] row(List<Column> bound, Database database) {
        Object[] row = new Object[bound.size()];
        for (int i = 0; i < row.length; i++) {
            if (i > 0 && !lexer.accept(TokenKind.COMMA)) {
                throw syntax.fault(", expected");
            }
            if (lexer.is(TokenKind.RIGHT)) {
                throw new TaosException(0x263f, "Illegal number of columns");
            }
            Column column = bound.get(i);
            row[i] =
                    column == InsertSyntax.TBNAME
                            ? SuperTableRows.tableName(lexer)
                            : values.read(column, database.precision());
        }
        if (lexer.is(TokenKind.COMMA)) {
            throw new TaosException(0x263f, "Illegal number of columns");
        }
        if (!lexer.accept(TokenKind.RIGHT)) {
            throw syntax.fault(") expected");
        }
        return row;
    }

    /** Values for all tags of a super table, of which some are given. */
    static Object[] spread(SuperTable parent, List<Column> given, Object[] tagValues) {
        Object[] all = new Object[parent.tags().size()];
        Arrays.setAll(
                all,
                i -> {
                    int at = given.indexOf(parent.tags().get(i));
                    return at < 0 ? null : tagValues[at];
                });
        return all;
    }
}
