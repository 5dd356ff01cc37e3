package io.millrace.devkit.tdengine.engine;

import io.millrace.devkit.tdengine.sql.DataType;
import io.millrace.devkit.tdengine.sql.Expr;
import io.millrace.devkit.tdengine.sql.Statement;
import io.millrace.devkit.tdengine.sql.TaosException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

/** DELETE. Callers hold the engine's insert lock. */
final class Deletes {
    private final Catalog catalog;
    private final Store store;

    Deletes(Catalog catalog, Store store) {
        this.catalog = catalog;
        this.store = store;
    }

    long delete(Statement.Delete delete, Session session, TimeReader times) {
        Table table = catalog.table(delete.table(), session);
        Relation relation = Relation.of(table, null);
        String condition = relation.condition() == null ? "TRUE" : relation.condition();
        if (delete.where() != null) {
            check(delete.where(), relation);
            condition +=
                    " AND "
                            + new Expressions(relation, times, session, Map.of())
                                    .translate(delete.where())
                                    .sql();
        }
        String rows = "T" + table.storage();
        String sql =
                relation.usesTags()
                        ? "DELETE FROM "
                                + rows
                                + " WHERE _ROWID_ IN (SELECT d._ROWID_"
                                + relation.from()
                                + " WHERE "
                                + condition
                                + ")"
                        : "DELETE FROM " + rows + " d WHERE " + condition;
        try (Connection connection = store.connect();
                java.sql.Statement statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        } catch (SQLException broken) {
            throw new IllegalStateException("H2 refused " + sql, broken);
        }
    }

    /** Rows are chosen by time, and by tags, but not by their values. */
    private static void check(Expr where, Relation relation) {
        boolean other =
                Aggregates.any(
                        where,
                        part -> {
                            if (!(part instanceof Expr.Column column)) {
                                return false;
                            }
                            if (column.name().equals("_rowts") || column.name().equals("_c0")) {
                                return false;
                            }
                            Relation.Field field =
                                    relation.field(column.qualifier(), column.name());
                            boolean time =
                                    field.type().type() == DataType.TIMESTAMP
                                            && field.equals(relation.time());
                            return !time && !field.tag() && !field.name().equals("tbname");
                        });
        if (other) {
            throw new TaosException(
                    0x2655, "The DELETE statement must only have a definite time window range");
        }
    }
}
