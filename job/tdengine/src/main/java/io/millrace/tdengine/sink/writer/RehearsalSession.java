package io.millrace.tdengine.sink.writer;

import io.millrace.tdengine.client.TargetTable;
import io.millrace.tdengine.client.TimePrecision;
import io.millrace.tdengine.declared.DeclaredTables;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

/**
 * Stands in for a server that accepts everything. Belongs to the sending thread, but for what was
 * sent, which the task thread takes when nothing is under way.
 */
final class RehearsalSession implements Session {
    /** More rows than a statement can have. */
    private static final int ALL = Integer.MAX_VALUE;

    private final DeclaredTables tables;
    private Optional<Session> server = Optional.empty();
    private final Queue<String> written = new ConcurrentLinkedQueue<>();
    private final Queue<String> executed = new ConcurrentLinkedQueue<>();
    private volatile TimePrecision precision = TimePrecision.MILLISECOND;

    RehearsalSession(DeclaredTables tables) {
        this.tables = tables;
    }

    /** Goes on with a server, which is asked for tables and nothing else. */
    RehearsalSession in(Session asked) {
        server = Optional.of(asked);
        return this;
    }

    /** The unit of the times in the table described last; a sink has one database. */
    TimePrecision precision() {
        return precision;
    }

    /** Takes the next statement that would have written rows; null if there is none. */
    String nextWritten() {
        return written.poll();
    }

    /** Takes the next other statement; null if there is none. */
    String nextExecuted() {
        return executed.poll();
    }

    @Override
    public int write(byte[] sql, int length) {
        written.add(new String(sql, 0, length, StandardCharsets.UTF_8));
        return ALL;
    }

    /** Refuses, so that the rows come as text. */
    @Override
    public int write(String sql, byte[] block, int length) {
        return -1;
    }

    @Override
    public void define(String sql) {
        executed.add(sql);
        if (!sql.startsWith("DELETE")) {
            tables.apply(sql);
        }
    }

    @Override
    public Optional<TargetTable> describe(String database, String table) throws SQLException {
        Optional<TargetTable> found = tables.describe(database, table);
        if (found.isEmpty() && server.isPresent()) {
            found = server.get().describe(database, table);
        }
        found.ifPresent(described -> precision = described.precision());
        return found;
    }

    @Override
    public List<String> databases() throws SQLException {
        return server.isPresent() ? server.get().databases() : tables.databases();
    }

    @Override
    public List<String> tables(String database) throws SQLException {
        Stream<String> own =
                Stream.concat(
                        tables.superTables(database).stream(),
                        tables.normalTables(database).stream());
        return server.isPresent()
                ? Stream.concat(own, server.get().tables(database).stream()).distinct().toList()
                : own.toList();
    }

    @Override
    public void close() {
        server.ifPresent(Session::close);
        server = Optional.empty();
    }
}
