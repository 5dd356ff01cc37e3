package io.millrace.mqtt.source.journal;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/**
 * The files of a journal and which of their messages count. Not thread-safe.
 *
 * <p>Positions are given without gaps, each attempt going on behind what it read of older ones. An
 * older attempt that was still running then may have appended more, at positions that the newer one
 * then used as well. Those were never acknowledged ({@link Attempt}), so they do not count: a file
 * counts up to where the next one begins, and not at all if it begins there or later.
 */
final class Segments {
    /**
     * A file of which messages count.
     *
     * @param end position that ends it: its messages count below that
     */
    record Segment(SegmentName name, long end) {}

    // Name to size.
    private final TreeMap<SegmentName, Long> files = new TreeMap<>();
    private long bytes;

    /** What is in a folder now. */
    static Segments in(JournalStorage storage) throws IOException {
        Segments segments = new Segments();
        for (JournalStorage.StoredFile file : storage.list()) {
            SegmentName.parse(file.name()).ifPresent(name -> segments.put(name, file.size()));
        }
        return segments;
    }

    /** Adds a file, or changes its size. */
    void put(SegmentName name, long size) {
        Long before = files.put(name, size);
        bytes += size - (before == null ? 0 : before);
    }

    void remove(SegmentName name) {
        Long size = files.remove(name);
        bytes -= size == null ? 0 : size;
    }

    /** The files that count, in the order of their messages. */
    List<Segment> counting() {
        List<Segment> counting = new ArrayList<>();
        long end = Long.MAX_VALUE;
        for (SegmentName name : files.descendingKeySet()) {
            if (name.first() < end) {
                counting.add(new Segment(name, end));
                end = name.first();
            }
        }
        Collections.reverse(counting);
        return counting;
    }

    /**
     * The files that nobody needs any more. The newest is never among them: it tells where the
     * journal ends.
     *
     * @param covered position up to which a completed checkpoint covers the messages
     * @param now in milliseconds since 1970
     * @param retention how long a file is kept after it ended
     */
    List<SegmentName> expired(long covered, long now, Duration retention) {
        List<Segment> counting = counting();
        Set<SegmentName> expired = new LinkedHashSet<>(files.keySet());
        for (int i = 0; i < counting.size(); i++) {
            SegmentName next = i + 1 < counting.size() ? counting.get(i + 1).name() : null;
            boolean needed =
                    next == null
                            || next.first() - 1 > covered
                            || next.createdAt() > now - retention.toMillis();
            if (needed) {
                // And with it all that come behind it.
                counting.subList(i, counting.size())
                        .forEach(segment -> expired.remove(segment.name()));
                break;
            }
        }
        return List.copyOf(expired);
    }

    /** The newest attempt that wrote a file; 0 if there is none. */
    long newestAttempt() {
        return files.isEmpty() ? 0 : files.lastKey().attempt();
    }

    /** Size of all files together. */
    long bytes() {
        return bytes;
    }
}
