package io.millrace.devkit.tdengine.engine;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Writes the rows of one INSERT into H2, all or none. Rows newer than all others of their table are
 * added without looking, which is what makes it fast; the rest replaces older versions column by
 * column. Callers hold the engine's insert lock.
 */
final class InsertWriter implements AutoCloseable {
    private static final int KEPT_STATEMENTS = 200;

    private final Store store;
    private final Connection connection;
    private final Map<String, PreparedStatement> statements = new LinkedHashMap<>(16, 0.75f, true);

    InsertWriter(Store store) {
        this.store = store;
        this.connection = store.connect();
        try {
            connection.setAutoCommit(false);
        } catch (SQLException broken) {
            throw new IllegalStateException("H2 starts no transaction", broken);
        }
    }

    /**
     * Writes a plan.
     *
     * @return the number of rows
     */
    long write(InsertPlan plan, Registry registry) {
        Map<Series, Long> newest = new HashMap<>();
        try {
            Map<Series, Series> registered = create(plan, registry);
            Map<String, PreparedStatement> used = new LinkedHashMap<>();
            long rows = 0;
            for (InsertPlan.Batch batch : plan.batches()) {
                Series series = batch.target().series();
                rows += batch.rows().size();
                add(batch, registered.getOrDefault(series, series), newest, used);
            }
            for (PreparedStatement statement : used.values()) {
                statement.executeBatch();
            }
            connection.commit();
            newest.forEach(Series::newest);
            registry.register(registered.values());
            return rows;
        } catch (SQLException broken) {
            rollBack(broken);
            throw new IllegalStateException("H2 refused rows", broken);
        } catch (RuntimeException broken) {
            rollBack(broken);
            throw broken;
        }
    }

    /** Gives new sub-tables their numbers and tags; by now another statement may have made them. */
    private Map<Series, Series> create(InsertPlan plan, Registry registry) throws SQLException {
        Map<Series, Series> registered = new HashMap<>();
        for (InsertPlan.Target target : plan.created()) {
            SubTable planned = (SubTable) target.series();
            Table there = planned.database().tables().get(planned.name());
            if (there instanceof Series series) {
                registered.put(planned, series);
                continue;
            }
            SubTable table =
                    new SubTable(
                            planned.parent(), planned.name(), planned.created(), registry.nextId());
            insertTags(table, target.tags());
            registered.put(planned, table);
        }
        return registered;
    }

    private void insertTags(SubTable table, Object[] tags) throws SQLException {
        String sql =
                "INSERT INTO G"
                        + table.storage()
                        + "(TID, TBNAME, CREATED"
                        + table.tags().stream()
                                .map(tag -> ", " + tag.stored())
                                .collect(Collectors.joining())
                        + ") VALUES(?, ?, ?"
                        + ", ?".repeat(tags.length)
                        + ")";
        PreparedStatement statement = statement(sql);
        statement.setInt(1, table.id());
        statement.setString(2, table.name());
        statement.setLong(3, table.created());
        for (int i = 0; i < tags.length; i++) {
            set(statement, i + 4, tags[i]);
        }
        statement.executeUpdate();
    }

    private void add(
            InsertPlan.Batch batch,
            Series series,
            Map<Series, Long> newest,
            Map<String, PreparedStatement> used)
            throws SQLException {
        long before = newest.getOrDefault(series, series.newest());
        long latest = before;
        PreparedStatement insert = null;
        PreparedStatement merge = null;
        for (Object[] row : batch.rows()) {
            long time = batch.time(row);
            PreparedStatement statement;
            if (time > before) {
                if (insert == null) {
                    insert = use(sql("INSERT INTO", series, batch.columns(), ""), used);
                }
                statement = insert;
                latest = Math.max(latest, time);
            } else {
                if (merge == null) {
                    merge = use(merge(series, batch.columns()), used);
                }
                statement = merge;
            }
            statement.setInt(1, series.id());
            for (int i = 0; i < row.length; i++) {
                set(statement, i + 2, row[i]);
            }
            statement.addBatch();
        }
        newest.put(series, latest);
    }

    private static String merge(Series series, List<Column> columns) {
        String keys =
                columns.stream()
                        .filter(column -> column.kind() != Column.Kind.VALUE)
                        .map(column -> ", " + column.stored())
                        .collect(Collectors.joining());
        return sql("MERGE INTO", series, columns, " KEY(TID" + keys + ")");
    }

    private static String sql(String verb, Series series, List<Column> columns, String keys) {
        return verb
                + " T"
                + series.storage()
                + Stream.concat(Stream.of("TID"), columns.stream().map(Column::stored))
                        .collect(Collectors.joining(", ", "(", ")"))
                + keys
                + IntStream.rangeClosed(0, columns.size())
                        .mapToObj(i -> "?")
                        .collect(Collectors.joining(", ", " VALUES(", ")"));
    }

    private PreparedStatement use(String sql, Map<String, PreparedStatement> used)
            throws SQLException {
        PreparedStatement statement = used.get(sql);
        if (statement == null) {
            statement = statement(sql);
            used.put(sql, statement);
        }
        return statement;
    }

    private PreparedStatement statement(String sql) throws SQLException {
        PreparedStatement statement = statements.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            statements.put(sql, statement);
        }
        return statement;
    }

    private static void set(PreparedStatement statement, int at, Object value) throws SQLException {
        if (value == null) {
            statement.setNull(at, Types.NULL);
        } else {
            statement.setObject(at, value);
        }
    }

    /** Forgets statements, because tables were changed or because there are too many. */
    void forgetStatements(boolean all) {
        if (!all && statements.size() <= KEPT_STATEMENTS) {
            return;
        }
        for (PreparedStatement statement : statements.values()) {
            try {
                statement.close();
            } catch (SQLException alreadyUseless) {
                // its table is gone
            }
        }
        statements.clear();
    }

    private void rollBack(Exception cause) {
        try {
            forgetStatements(true);
            connection.rollback();
        } catch (SQLException again) {
            cause.addSuppressed(again);
        }
    }

    /** Where new sub-tables are made known. */
    interface Registry {
        /** A number that no sub-table has. */
        int nextId();

        /** Makes those known that are new among these. */
        void register(Iterable<Series> tables);
    }

    /** Creates sub-tables that have no rows yet. */
    void create(List<InsertPlan.Target> targets, Registry registry) {
        InsertPlan plan = new InsertPlan();
        for (InsertPlan.Target target : targets) {
            SubTable table = (SubTable) target.series();
            plan.create(table.parent(), table.name(), target.tags());
        }
        write(plan, registry);
    }

    Store store() {
        return store;
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException closing) {
            // the data is gone with it, or safe in its file
        }
    }
}
