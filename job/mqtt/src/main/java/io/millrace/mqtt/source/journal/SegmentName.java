package io.millrace.mqtt.source.journal;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a file of messages, which tells enough to know what is in it: such as {@code
 * 0000000007-0000000000000000101-1767225600000.journal}. Ordered as they were written.
 *
 * @param attempt which attempt wrote it
 * @param first position of its first message
 * @param createdAt when it was begun, and with it the file before it ended; in milliseconds since
 *     1970
 */
record SegmentName(long attempt, long first, long createdAt) implements Comparable<SegmentName> {
    private static final Pattern FORM =
            Pattern.compile("(\\d{10,})-(\\d{19})-(\\d{13,})\\.journal");
    private static final Comparator<SegmentName> ORDER =
            Comparator.comparingLong(SegmentName::attempt)
                    .thenComparingLong(SegmentName::first)
                    .thenComparingLong(SegmentName::createdAt);

    static Optional<SegmentName> parse(String file) {
        Matcher matcher = FORM.matcher(file);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        return Optional.of(
                new SegmentName(
                        Long.parseLong(matcher.group(1)),
                        Long.parseLong(matcher.group(2)),
                        Long.parseLong(matcher.group(3))));
    }

    String file() {
        return "%010d-%019d-%013d.journal".formatted(attempt, first, createdAt);
    }

    @Override
    public int compareTo(SegmentName other) {
        return ORDER.compare(this, other);
    }
}
