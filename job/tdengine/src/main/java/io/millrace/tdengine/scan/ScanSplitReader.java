package io.millrace.tdengine.scan;

import io.millrace.tdengine.client.TDengineError;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.apache.flink.connector.base.source.reader.RecordsBySplits;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.splitreader.SplitReader;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsChange;

/**
 * Reads splits one after the other. A split that fails for a passing reason goes on where it was.
 * For the fetcher's thread, but for {@link #wakeUp}.
 */
final class ScanSplitReader implements SplitReader<RowChunk, ScanSplit> {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration WHILE_PAUSED = Duration.ofMillis(200);

    private final Function<ScanSplit, SplitReading> readings;
    private final Outage outage;
    private final String where;
    private final LongSupplier nanoClock;
    private final Queue<ScanSplit> pending = new ArrayDeque<>();
    private final Set<String> paused = new HashSet<>();

    /** To wait on while nothing is being read; nothing is ever put there. */
    private final Handover<ReadEvent> idle = new Handover<>(1);

    private ScanSplit current;
    private long notBefore;

    /** Written by the fetcher's thread, read by the one that wakes it up. */
    private volatile SplitReading reading;

    /**
     * Makes a reader.
     *
     * @param readings begins to read a split from where it is
     */
    ScanSplitReader(
            Function<ScanSplit, SplitReading> readings,
            Outage outage,
            String where,
            LongSupplier nanoClock) {
        this.readings = readings;
        this.outage = outage;
        this.where = where;
        this.nanoClock = nanoClock;
    }

    @Override
    public void handleSplitsChanges(SplitsChange<ScanSplit> change) {
        pending.addAll(change.splits());
    }

    @Override
    public void pauseOrResumeSplits(Collection<ScanSplit> toPause, Collection<ScanSplit> toResume) {
        toPause.forEach(split -> paused.add(split.splitId()));
        toResume.forEach(split -> paused.remove(split.splitId()));
    }

    @Override
    public RecordsWithSplitIds<RowChunk> fetch() throws IOException {
        RecordsBySplits.Builder<RowChunk> records = new RecordsBySplits.Builder<>();
        if (current == null) {
            current = pending.poll();
        }
        if (current != null) {
            if (paused.contains(current.splitId())) {
                idle.take(WHILE_PAUSED);
            } else if (isReading()) {
                take(records);
            }
        }
        return records.build();
    }

    private boolean isReading() {
        if (reading == null) {
            long wait = notBefore - nanoClock.getAsLong();
            if (outage.isOn() && wait > 0) {
                idle.take(Duration.ofNanos(wait));
                return false;
            }
            reading = readings.apply(current);
        }
        return true;
    }

    private void take(RecordsBySplits.Builder<RowChunk> records) throws IOException {
        long began = nanoClock.getAsLong();
        ReadEvent event = reading.take(PATIENCE);
        if (event == null) {
            if (nanoClock.getAsLong() - began >= PATIENCE.toNanos()) {
                reading.askForSignOfLife();
            }
        } else if (event instanceof ReadEvent.Rows rows) {
            outage.recovered();
            records.add(current.splitId(), rows.chunk());
            current = current.readTo(rows.chunk().readTo());
        } else if (event instanceof ReadEvent.End) {
            outage.recovered();
            records.addFinishedSplit(current.splitId());
            stopReading();
            current = null;
        } else if (event instanceof ReadEvent.Failure failure) {
            stopReading();
            failed(failure.cause());
        }
    }

    private void failed(Exception cause) throws IOException {
        if (cause instanceof ReadRefusedException
                || cause instanceof IllegalArgumentException
                || cause instanceof ArithmeticException) {
            throw new IOException(cause.getMessage(), cause);
        }
        TDengineError error = TDengineError.of(cause);
        if (error.kind() != TDengineError.Kind.TRANSIENT) {
            throw new IOException(ReadErrors.describe(error, where), cause);
        }
        Optional<Duration> wait = outage.failed(error.toString());
        if (wait.isEmpty()) {
            throw new IOException(outage.message(error.toString()), cause);
        }
        notBefore = nanoClock.getAsLong() + wait.get().toNanos();
    }

    private void stopReading() {
        if (reading != null) {
            reading.abandon();
            reading = null;
        }
    }

    @Override
    public void wakeUp() {
        idle.wakeUp();
        SplitReading busy = reading;
        if (busy != null) {
            busy.wakeUp();
        }
    }

    @Override
    public void close() {
        stopReading();
    }
}
