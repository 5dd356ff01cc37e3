package io.millrace.tdengine.sink.writer;

import io.millrace.tdengine.sink.TDengineSinkSettings;
import io.millrace.tdengine.sink.row.RowRejectedException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds rows of one table that have the same time, among the last 65,536 rows, and treats them as
 * the policy says. Task thread only.
 */
final class TimestampCollisions {
    private static final Logger LOG = LoggerFactory.getLogger(TimestampCollisions.class);

    /** Rows that are remembered, 512 KiB in each checkpoint. */
    private static final int REMEMBERED = 1 << 16;

    private static final long PRIME = 0x100000001B3L;
    private static final long LOG_NANOS = 60_000_000_000L;

    private final TDengineSinkSettings.Collisions settings;
    private final SinkMetrics metrics;
    private final LongSupplier nanoTime;
    private final RecentKeys recent;
    private long found;
    private long loggedAt;

    /** Remembers nothing yet. */
    TimestampCollisions(
            TDengineSinkSettings.Collisions settings, SinkMetrics metrics, LongSupplier nanoTime) {
        this.settings = settings;
        this.metrics = metrics;
        this.nanoTime = nanoTime;
        this.recent =
                settings.policy() == CollisionPolicy.OVERWRITE ? null : new RecentKeys(REMEMBERED);
    }

    /** Begins with what a checkpoint has kept. */
    void restore(Collection<WrittenKeys> kept) {
        if (recent != null) {
            kept.forEach(keys -> Arrays.stream(keys.hashes()).forEach(recent::add));
        }
    }

    /** What a checkpoint is to keep. */
    List<WrittenKeys> keep() {
        return recent == null ? List.of() : List.of(new WrittenKeys(recent.all()));
    }

    /**
     * The time under which a row is to be written.
     *
     * @param key what beside the table and the time tells rows apart, from one index to another
     * @throws RowRejectedException if it is to be a dead letter
     */
    long settle(String table, long time, byte[] key, int keyStart, int keyEnd)
            throws RowRejectedException {
        if (recent == null) {
            return time;
        }
        long hash = hash(table);
        for (int i = keyStart; i < keyEnd; i++) {
            hash = (hash ^ key[i]) * PRIME;
        }
        if (recent.add(mix(hash + time))) {
            return time;
        }
        found++;
        if (settings.policy() == CollisionPolicy.SHIFT) {
            for (int ticks = 1; ticks <= settings.maxShift(); ticks++) {
                if (recent.add(mix(hash + time + ticks))) {
                    metrics.shifted();
                    log(table, time, "the later one is written " + ticks + " ticks later");
                    return time + ticks;
                }
            }
            throw new RowRejectedException(
                    "table '"
                            + table
                            + "' has rows at time "
                            + time
                            + " and at each of the "
                            + settings.maxShift()
                            + " ticks behind it, which is as far as 'sink.timestamp-collision'"
                            + " = 'shift' may move a row (option"
                            + " 'sink.timestamp-collision.max-shift')");
        }
        throw new RowRejectedException("table '" + table + "' already has a row at time " + time);
    }

    /** A row took another's place. */
    void overwritten(String table, long time) {
        found++;
        log(table, time, "the later one has taken the place of the earlier");
    }

    private void log(String table, long time, String what) {
        long now = nanoTime.getAsLong();
        if (found == 1 || now - loggedAt > LOG_NANOS) {
            loggedAt = now;
            LOG.info(
                    "Two rows of table '{}' have time {}: {} (option 'sink.timestamp-collision' ="
                            + " '{}'). So far {} such rows were found; this is said once a minute.",
                    table,
                    time,
                    what,
                    settings.policy(),
                    found);
        }
    }

    /** Of 64 bits, unlike the text's own. */
    private static long hash(String text) {
        long hash = 0xCBF29CE484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * PRIME;
        }
        return hash;
    }

    private static long mix(long value) {
        long mixed = (value ^ value >>> 33) * 0xFF51AFD7ED558CCDL;
        mixed = (mixed ^ mixed >>> 33) * 0xC4CEB9FE1A85EC53L;
        return mixed ^ mixed >>> 33;
    }
}
