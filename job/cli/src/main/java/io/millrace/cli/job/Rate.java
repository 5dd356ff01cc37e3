package io.millrace.cli.job;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How fast a count grows, over the last seconds: Flink's metrics come in steps of a second or so,
 * and from one look to the next they often stand still. Not thread-safe.
 */
final class Rate {
    private static final Duration WINDOW = Duration.ofSeconds(5);

    private final Deque<Count> counts = new ArrayDeque<>();

    Rate(Instant start) {
        counts.add(new Count(start, 0));
    }

    private record Count(Instant at, long value) {}

    /** Notes the count at a moment and returns its growth per second. */
    double after(Instant now, long value) {
        counts.addLast(new Count(now, value));
        // The oldest one stays at or just before the window's begin.
        while (counts.size() > 2 && !second().at().isAfter(now.minus(WINDOW))) {
            counts.removeFirst();
        }
        Count oldest = counts.getFirst();
        double seconds = Duration.between(oldest.at(), now).toMillis() / 1000.0;
        return seconds == 0 ? 0 : (value - oldest.value()) / seconds;
    }

    private Count second() {
        return counts.stream().skip(1).findFirst().orElseThrow();
    }
}
