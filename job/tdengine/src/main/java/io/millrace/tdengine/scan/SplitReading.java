package io.millrace.tdengine.scan;

import io.millrace.tdengine.client.TDengineConnection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Reads one split, once, over a connection of its own, in a thread of its own.
 *
 * <p>Why that thread: the driver (3.7.9) must not be interrupted while it fetches a block, since
 * its network thread, which all connections share, could then wait for ever. So nobody interrupts
 * it; who does not want to wait abandons it, and it ends by itself when the server answers or the
 * time-out passes.
 *
 * <p>Why the sign of life: the driver does not tell that a connection is lost, it only waits; but a
 * query that looks for few among many rows may take long, and waiting for it is right.
 */
final class SplitReading {
    private static final int CHUNK_ROWS = 500;
    private static final int MOST_ROWS = 100_000;
    private static final int CHUNKS_AHEAD = 2;
    private static final Duration LONGEST_QUERY = Duration.ofHours(1);

    private final ScanSettings settings;
    private final ScanSplit split;
    private final Handover<ReadEvent> events = new Handover<>(CHUNKS_AHEAD);
    private final LongSupplier nanoClock;
    private final long started;

    /** Written by the reading thread, read by the one that asks for a sign of life. */
    private volatile TDengineConnection connection;

    /** Set by the taking thread, cleared by it and by the thread that asks. */
    private volatile boolean asking;

    SplitReading(ScanSettings settings, ScanSplit split, LongSupplier nanoClock) {
        this.settings = settings;
        this.split = split;
        this.nanoClock = nanoClock;
        this.started = nanoClock.getAsLong();
    }

    void start() {
        startThread("tdengine-scan-" + split.splitId(), this::run);
    }

    private static void startThread(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try (TDengineConnection opened = TDengineConnection.open(settings.connection())) {
            connection = opened;
            ReadTable table = TableFinder.find(opened, settings.database(), settings.table());
            ScanQuery query = new ScanQuery(table, settings);
            RowReader reader = new RowReader(table, settings, query);
            if (read(opened, query, reader)) {
                events.put(new ReadEvent.End());
            }
        } catch (SQLException | RuntimeException | LinkageError e) {
            events.put(
                    new ReadEvent.Failure(
                            e instanceof Exception known
                                    ? known
                                    : new IllegalStateException(e.toString(), e)));
        }
    }

    /** Returns false if nobody wants the rows any more. */
    private boolean read(TDengineConnection opened, ScanQuery query, RowReader reader)
            throws SQLException {
        if (query.isEmpty()) {
            return true;
        }
        ChunkBuilder builder = new ChunkBuilder(CHUNK_ROWS, MOST_ROWS, split.readTo());
        try (ResultSet result = opened.stream(query.rows(split), LONGEST_QUERY)) {
            while (result.next()) {
                RowChunk chunk = builder.add(reader.read(result), reader.time(result));
                if (chunk != null && !events.put(new ReadEvent.Rows(chunk))) {
                    return false;
                }
            }
        }
        RowChunk last = builder.finish();
        return last == null || events.put(new ReadEvent.Rows(last));
    }

    /**
     * What has been read; for one thread.
     *
     * @return null if there was nothing for so long or the caller was called away
     */
    ReadEvent take(Duration patience) {
        ReadEvent event = events.take(patience);
        if (event != null) {
            asking = false;
        }
        return event;
    }

    /** Makes sure that the server is there; if not, a failure will be the next event. */
    void askForSignOfLife() {
        if (asking) {
            return;
        }
        TDengineConnection asked = connection;
        Duration timeout = settings.connection().requestTimeout();
        if (asked != null) {
            asking = true;
            startThread("tdengine-scan-ping", () -> ping(asked, timeout));
        } else if (nanoClock.getAsLong() - started
                > settings.connection().connectTimeout().plus(timeout).toNanos()) {
            events.putFirst(
                    new ReadEvent.Failure(new SQLException("No connection within the time-outs")));
        }
    }

    private void ping(TDengineConnection asked, Duration timeout) {
        try {
            asked.ping(timeout);
            asking = false;
        } catch (SQLException | RuntimeException e) {
            events.putFirst(new ReadEvent.Failure(e));
        }
    }

    void wakeUp() {
        events.wakeUp();
    }

    /** Lets the reading thread end when it can. */
    void abandon() {
        events.abandon();
    }
}
