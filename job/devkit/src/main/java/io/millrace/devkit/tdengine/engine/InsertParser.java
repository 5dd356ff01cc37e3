package io.millrace.devkit.tdengine.engine;

import io.millrace.devkit.tdengine.sql.Lexer;
import io.millrace.devkit.tdengine.sql.NameParser;
import io.millrace.devkit.tdengine.sql.QualifiedName;
import io.millrace.devkit.tdengine.sql.TaosException;
import io.millrace.devkit.tdengine.sql.TokenKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Parses one INSERT straight into typed rows. */
final class InsertParser {
    /** Stands for the name of the sub-table in a list of columns. */
    static final Column TBNAME = new Column("tbname", null, -1, Column.Kind.VALUE);

    private final Catalog catalog;
    private final Session session;
    private final Lexer lexer;
    private final ValueReader values;
    private final InsertPlan plan = new InsertPlan();
    private boolean any;

    InsertParser(String sql, Catalog catalog, Session session, TimeReader times) {
        this.catalog = catalog;
        this.session = session;
        this.lexer = new Lexer(sql);
        this.values = new ValueReader(lexer, times);
    }

    InsertPlan parse() {
        lexer.advance(); // INSERT or IMPORT
        if (!lexer.accept("INTO")) {
            throw lexer.is(TokenKind.END) ? incomplete() : TaosException.syntax(lexer.rest());
        }
        if (lexer.is(TokenKind.END)) {
            throw incomplete();
        }
        while (!lexer.is(TokenKind.END) && !lexer.is(TokenKind.SEMICOLON)) {
            table();
        }
        if (!any) {
            throw TaosException.invalidOperation("no data in sql");
        }
        return plan;
    }

    private static TaosException incomplete() {
        return new TaosException(0x2601, "Incomplete SQL statement");
    }

    private void table() {
        QualifiedName name = name();
        if (name.database() == null && session.database() == null) {
            throw TaosException.invalidOperation("db is not specified");
        }
        Database database = catalog.databaseOf(name, session);
        int columnsAt = columnList();
        InsertPlan.Target target = null;
        Table table;
        if (lexer.accept("USING")) {
            SuperTable parent = catalog.superTable(name(), session);
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
            columnsAt = columnList();
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

    private QualifiedName name() {
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

    /** Goes over a list of columns, to be read when the table is known. */
    private int columnList() {
        if (!lexer.is(TokenKind.LEFT)) {
            return -1;
        }
        int at = lexer.start();
        skipBrackets(new TaosException(0x216, "syntax error near ') expected'"));
        return at;
    }

    private List<Column> columns(int at, List<Column> known) {
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

    private InsertPlan.Target using(Database database, SuperTable parent, String name) {
        int tagsAt = columnList();
        if (!lexer.accept("TAGS")) {
            throw fault("TAGS is expected");
        }
        if (!lexer.is(TokenKind.LEFT)) {
            throw fault("( is expected");
        }
        List<Column> tags = tagsAt < 0 ? parent.tags() : columns(tagsAt, parent.tags());
        InsertPlan.Target target = existing(database, parent, name);
        if (target == null) {
            target = plan.created(parent, name);
        }
        if (target != null) {
            skipBrackets(fault(") is expected")); // tags of a sub-table that is there already are
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

    private void skipBrackets(TaosException unclosed) {
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

    private void rows(Database database, Table table, InsertPlan.Target target, int columnsAt) {
        List<Column> bound;
        if (target == null) {
            if (columnsAt < 0) {
                throw TaosException.inInsert(
                        lexer.sql(),
                        lexer.start() - 1,
                        "(...tbname, ts...) bounded cols is expected for supertable insertion");
            }
            List<Column> known = new ArrayList<>(table.columns());
            known.addAll(table.tags());
            known.add(TBNAME);
            bound = columns(columnsAt, known);
        } else {
            bound = columnsAt < 0 ? table.columns() : columns(columnsAt, table.columns());
        }
        if (bound.stream().noneMatch(column -> column.kind() == Column.Kind.TIME)) {
            throw TaosException.invalidOperation("Primary timestamp column should not be null");
        }
        if (table.columns().stream()
                .anyMatch(c -> c.kind() == Column.Kind.KEY && !bound.contains(c))) {
            throw TaosException.invalidOperation("Primary key column should not be none");
        }
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
                throw fault(", expected");
            }
            if (lexer.is(TokenKind.RIGHT)) {
                throw new TaosException(0x263f, "Illegal number of columns");
            }
            Column column = bound.get(i);
            row[i] =
                    column == TBNAME
                            ? SuperTableRows.tableName(lexer)
                            : values.read(column, database.precision());
        }
        if (lexer.is(TokenKind.COMMA)) {
            throw new TaosException(0x263f, "Illegal number of columns");
        }
        if (!lexer.accept(TokenKind.RIGHT)) {
            throw fault(") expected");
        }
        return row;
    }

    private TaosException fault(String reason) {
        return TaosException.inInsert(lexer.sql(), lexer.start(), reason);
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
