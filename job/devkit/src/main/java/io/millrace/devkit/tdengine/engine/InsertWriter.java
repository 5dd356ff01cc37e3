package io.millrace.devkit.tdengine.engine;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Writes the rows of one INSERT into H2, all or none. Rows newer than all others of their table are
 * added without looking, which is what makes it fast; the rest replaces older versions column by
 * column. Callers hold the engine's insert lock.
 */
final class InsertWriter implements AutoCloseable {
    private static final int KEPT_STATEMENTS = 200;

    private enum Kind {
        NEW,
        MERGE,
        TAGS
    }

    /** What a statement writes: values of these columns into the H2 table of this number. */
    private record Key(Kind kind, int storage, List<Column> columns) {
        String sql() {
            List<String> names = new ArrayList<>(List.of("TID"));
            if (kind == Kind.TAGS) {
                names.addAll(List.of("TBNAME", "CREATED"));
            }
            columns.forEach(column -> names.add(column.stored()));
            String keys =
                    columns.stream()
                            .filter(
                                    column ->
                                            column.kind() == Column.Kind.TIME
                                                    || column.kind() == Column.Kind.KEY)
                            .map(column -> ", " + column.stored())
                            .collect(Collectors.joining());
            return (kind == Kind.MERGE ? "MERGE INTO " : "INSERT INTO ")
                    + (kind == Kind.TAGS ? "G" : "T")
                    + storage
                    + "("
                    + String.join(", ", names)
                    + ")"
                    + (kind == Kind.MERGE ? " KEY(TID" + keys + ")" : "")
                    + " VALUES(?"
                    + ", ?".repeat(names.size() - 1)
                    + ")";
        }
    }

    private final Connection connection;
    private final Map<Key, PreparedStatement> statements = new HashMap<>();

    InsertWriter(Store store) {
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
            Map<Key, PreparedStatement> used = new LinkedHashMap<>();
            long rows = 0;
            for (InsertBatch batch : plan.batches()) {
                Series series = batch.target().series();
                rows += batch.size();
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
        PreparedStatement statement = statement(new Key(Kind.TAGS, table.storage(), table.tags()));
        statement.setInt(1, table.id());
        statement.setString(2, table.name());
        statement.setLong(3, table.created());
        for (int i = 0; i < tags.length; i++) {
            set(statement, i + 4, tags[i]);
        }
        statement.executeUpdate();
    }

    private void add(
            InsertBatch batch,
            Series series,
            Map<Series, Long> newest,
            Map<Key, PreparedStatement> used)
            throws SQLException {
        long before = newest.getOrDefault(series, series.newest());
        long latest = before;
        PreparedStatement insert = null;
        PreparedStatement merge = null;
        int size = batch.size();
        for (int row = 0; row < size; row++) {
            long time = batch.time(row);
            PreparedStatement statement;
            if (time > before) {
                if (insert == null) {
                    insert = use(new Key(Kind.NEW, series.storage(), batch.columns()), used);
                }
                statement = insert;
                latest = Math.max(latest, time);
            } else {
                if (merge == null) {
                    merge = use(new Key(Kind.MERGE, series.storage(), batch.columns()), used);
                }
                statement = merge;
            }
            statement.setInt(1, series.id());
            batch.set(row, statement);
            statement.addBatch();
        }
        newest.put(series, latest);
    }

    private PreparedStatement use(Key key, Map<Key, PreparedStatement> used) throws SQLException {
        PreparedStatement statement = used.get(key);
        if (statement == null) {
            statement = statement(key);
            used.put(key, statement);
        }
        return statement;
    }

    private PreparedStatement statement(Key key) throws SQLException {
        PreparedStatement statement = statements.get(key);
        if (statement == null) {
            statement = connection.prepareStatement(key.sql());
            statements.put(key, statement);
        }
        return statement;
    }

    static void set(PreparedStatement statement, int at, Object value) throws SQLException {
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

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException closing) {
            // the data is gone with it, or safe in its file
        }
    }
}
