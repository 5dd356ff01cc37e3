package io.millrace.tdengine.sink.writer;

import io.millrace.common.deadletter.DeadLetter;
import io.millrace.common.deadletter.DeadLetterWriter;
import io.millrace.tdengine.client.TDengineError;
import io.millrace.tdengine.client.TargetTable;
import io.millrace.tdengine.letters.LetterRow;
import io.millrace.tdengine.letters.LetterTable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Writes dead letters to a table, over a connection of its own that is made with the first letter.
 * A TDengine that is away holds the checkpoint up. Letters that were not flushed when this is
 * closed come again, since their rows do.
 */
final class TableDeadLetters implements DeadLetterWriter {
    /** Half of TDengine's limit for a statement, in characters that may take two bytes each. */
    private static final int MAX_WAITING = 512 * 1024;

    private final LetterTable table;
    private final RetryingSession session;
    private final MissingWait missing;

    /** Tells this writer's letters from those of others and of earlier attempts. */
    private final String writer = UUID.randomUUID().toString();

    private final List<Waiting> waiting = new ArrayList<>();
    private int waitingBytes;
    private long letters;
    private LetterRow rows;

    /** A letter and the part of its key that goes with its time. */
    private record Waiting(DeadLetter letter, String id) {}

    TableDeadLetters(LetterTable table, RetryingSession session) {
        this.table = table;
        this.session = session;
        this.missing = session.newWait();
    }

    @Override
    public void write(DeadLetter letter) throws IOException {
        waiting.add(new Waiting(letter, writer + "-" + letters++));
        waitingBytes += letter.json().length();
        if (waitingBytes > MAX_WAITING) {
            flush();
        }
    }

    @Override
    public void flush() throws IOException {
        try {
            int from = 0;
            while (from < waiting.size()) {
                from = send(from);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while dead letters were written to TDengine", e);
        }
        waiting.clear();
        waitingBytes = 0;
    }

    /** Writes letters from one on, and returns the first that is left. */
    private int send(int from) throws IOException, InterruptedException {
        prepare();
        StringBuilder sql = new StringBuilder(LetterRow.head(table));
        int to = from;
        do {
            Waiting next = waiting.get(to++);
            sql.append(rows.values(next.letter(), next.id()));
        } while (to < waiting.size() && sql.length() < MAX_WAITING / 2);
        byte[] utf8 = sql.toString().getBytes(StandardCharsets.UTF_8);
        try {
            int written = session.call(s -> s.write(utf8, utf8.length));
            if (written != to - from) {
                throw new IOException(
                        "TDengine says that it wrote "
                                + written
                                + " of "
                                + (to - from)
                                + " dead letters to '"
                                + table
                                + "'.");
            }
            missing.over();
            return to;
        } catch (RequestRefusedException e) {
            if (e.error().kind() != TDengineError.Kind.MISSING_TABLE) {
                throw refused("cannot be written to", e);
            }
            rows = null; // it was there and is gone
            missing.pause("Dead letters cannot be written to '" + table + "': " + e.error() + ".");
            return from;
        }
    }

    /** Finds the table or makes it. */
    private void prepare() throws IOException, InterruptedException {
        while (rows == null) {
            try {
                Optional<TargetTable> found =
                        session.call(s -> s.describe(table.database(), table.name()));
                if (found.isEmpty()) {
                    session.call(this::create);
                    continue;
                }
                Optional<String> problem = table.problem(found.get());
                if (problem.isPresent()) {
                    throw new IOException("Option 'sink.dead-letter': " + problem.get());
                }
                rows = new LetterRow(found.get());
            } catch (RequestRefusedException e) {
                if (e.error().kind() != TDengineError.Kind.MISSING_TABLE) {
                    throw refused("have no table: it is refused to create", e);
                }
                missing.pause(
                        "The table '"
                                + table
                                + "' for dead letters cannot be created: "
                                + e.error()
                                + ". Create the database, or name another in 'sink.dead-letter'.");
            }
        }
    }

    private Object create(Session s) throws SQLException {
        s.define(table.create());
        return null;
    }

    private IOException refused(String what, RequestRefusedException e) {
        return new IOException(
                "Dead letters "
                        + what
                        + " '"
                        + table
                        + "': "
                        + e.error()
                        + ". Change that or keep dead letters elsewhere ('file:/path').",
                e);
    }

    @Override
    public void close() {
        session.close();
    }
}
