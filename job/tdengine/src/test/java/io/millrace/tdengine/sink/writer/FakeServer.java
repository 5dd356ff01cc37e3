package io.millrace.tdengine.sink.writer;

import io.millrace.tdengine.client.TargetTable;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands in for a server: remembers statements and answers as a test wants. Thread-safe. */
final class FakeServer {
    /** Decides about a statement: returns the rows it confirms. */
    interface Answer {
        int to(String sql) throws SQLException;
    }

    private final List<String> statements = new ArrayList<>();
    private final List<String> accepted = new ArrayList<>();
    private final Map<String, TargetTable> tables = new LinkedHashMap<>();
    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();
    private volatile Answer answer = FakeServer::rows;
    private volatile CountDownLatch gate = new CountDownLatch(0);
    private volatile SQLException refusesConnections;
    private final AtomicInteger described = new AtomicInteger();

    /** Rows of a statement: its opening brackets behind VALUES. */
    static int rows(String sql) {
        int rows = 0;
        for (String part : sql.split(" VALUES ", -1)) {
            rows += part.startsWith("(") ? part.split("\\)\\(", -1).length : 0;
        }
        return rows;
    }

    static SQLException error(int code, String message) {
        return new SQLException("TDengine ERROR (0x%x): %s".formatted(code, message), "", code);
    }

    synchronized void table(TargetTable table) {
        tables.put(table.name(), table);
    }

    void answer(Answer newAnswer) {
        answer = newAnswer;
    }

    void refuseConnections(SQLException error) {
        refusesConnections = error;
    }

    /** Statements wait until {@link #release()}. */
    void hold() {
        gate = new CountDownLatch(1);
    }

    void release() {
        gate.countDown();
    }

    synchronized List<String> statements() {
        return List.copyOf(statements);
    }

    synchronized List<String> accepted() {
        return List.copyOf(accepted);
    }

    int opened() {
        return opened.get();
    }

    int closed() {
        return closed.get();
    }

    int described() {
        return described.get();
    }

    Session open() throws SQLException {
        SQLException refusal = refusesConnections;
        if (refusal != null) {
            throw refusal;
        }
        opened.incrementAndGet();
        return new FakeSession();
    }

    private final class FakeSession implements Session {
        @Override
        public int write(byte[] sql, int length) throws SQLException {
            String text = new String(sql, 0, length, StandardCharsets.UTF_8);
            synchronized (FakeServer.this) {
                statements.add(text);
            }
            try {
                gate.await();
            } catch (InterruptedException e) {
                // As the driver does.
                Thread.currentThread().interrupt();
                throw error(0x231e, "interrupted");
            }
            int rows = answer.to(text);
            synchronized (FakeServer.this) {
                accepted.add(text);
            }
            return rows;
        }

        /** Has nothing but text, as an old taosAdapter. */
        @Override
        public int write(String sql, byte[] block, int length) throws SQLException {
            throw error(0xffff, "unknown action stmt2_init");
        }

        @Override
        public void define(String sql) throws SQLException {
            synchronized (FakeServer.this) {
                statements.add(sql);
            }
            answer.to(sql);
        }

        @Override
        public Optional<TargetTable> describe(String database, String table) {
            described.incrementAndGet();
            synchronized (FakeServer.this) {
                return Optional.ofNullable(tables.get(table));
            }
        }

        @Override
        public List<String> databases() {
            return List.of("db");
        }

        @Override
        public List<String> tables(String database) {
            synchronized (FakeServer.this) {
                return List.copyOf(tables.keySet());
            }
        }

        @Override
        public void close() {
            closed.incrementAndGet();
        }
    }
}
