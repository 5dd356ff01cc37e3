package io.millrace.devkit.tdengine.engine;

import io.millrace.devkit.tdengine.sql.Lexer;
import io.millrace.devkit.tdengine.sql.NameParser;
import io.millrace.devkit.tdengine.sql.TaosException;
import io.millrace.devkit.tdengine.sql.TokenKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Takes rows of {@code INSERT INTO stb (tbname, ...)} apart: table, tags and columns. */
final class SuperTableRows implements InsertParser.RowSink {
    private final InsertPlan plan;
    private final Database database;
    private final SuperTable parent;
    private final int nameAt;
    private final List<Column> tags = new ArrayList<>();
    private final List<Column> columns = new ArrayList<>();
    private final boolean[] isTag;
    private final Map<String, TextBatch> batches = new HashMap<>();

    SuperTableRows(InsertPlan plan, Database database, SuperTable parent, List<Column> bound) {
        this.plan = plan;
        this.database = database;
        this.parent = parent;
        this.nameAt = bound.indexOf(InsertSyntax.TBNAME);
        this.isTag = new boolean[bound.size()];
        for (int i = 0; i < isTag.length; i++) {
            isTag[i] = bound.get(i).isTag();
            if (i != nameAt) {
                (isTag[i] ? tags : columns).add(bound.get(i));
            }
        }
    }

    /** The name at which the lexer stands; it is taken as it is written. */
    static String tableName(Lexer lexer) {
        if (lexer.is("NULL")) {
            throw TaosException.invalidOperation("tbname can not be null value");
        }
        if (!lexer.is(TokenKind.STRING) && !lexer.is(TokenKind.INTEGER)) {
            throw TaosException.inInsert(lexer.sql(), lexer.start(), "invalid data or symbol");
        }
        String name = lexer.is(TokenKind.STRING) ? lexer.string() : lexer.text();
        lexer.advance();
        if (name.isEmpty()) {
            throw TaosException.invalidOperation("tbname can not be empty");
        }
        if (name.indexOf('.') >= 0) {
            throw TaosException.invalidOperation("tbname can not contain '.'");
        }
        try {
            return NameParser.table(name);
        } catch (TaosException tooLong) {
            throw TaosException.invalidOperation("tbname is too long");
        }
    }

    @Override
    public void add(Object[] row) {
        Object[] tagValues = new Object[tags.size()];
        Object[] values = new Object[columns.size()];
        int tag = 0;
        int value = 0;
        for (int i = 0; i < row.length; i++) {
            if (i == nameAt) {
                continue;
            }
            if (isTag[i]) {
                tagValues[tag++] = row[i];
            } else {
                values[value++] = row[i];
            }
        }
        batches.computeIfAbsent(
                        (String) row[nameAt], name -> plan.batch(target(name, tagValues), columns))
                .add(values);
    }

    private InsertPlan.Target target(String name, Object[] tagValues) {
        Table table = database.tables().get(name);
        if (table instanceof Series series) {
            return new InsertPlan.Target(series, null);
        }
        InsertPlan.Target target = plan.created(parent, name);
        return target != null
                ? target
                : plan.create(parent, name, InsertParser.spread(parent, tags, tagValues));
    }
}
