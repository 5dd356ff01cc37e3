package io.millrace.rule.check;

import io.millrace.rule.payload.Origin;
import io.millrace.tdengine.client.TimePrecision;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The key of the rows that a rule writes: in TDengine two rows of one table, or sub-table, with one
 * time are one row.
 *
 * @param time what the time is made of, if known
 * @param unit the unit in which it is counted, such as {@code millisecond}, if a function says so
 * @param precision the unit of the database's times; empty if not known
 * @param subTables what a row's sub-table is named by, one for each value in the name; empty for a
 *     table without sub-tables
 * @param secondKey whether the table has a second key column
 * @param shifted whether the sink gives a later row another time
 * @param journal whether a message keeps its time of arrival when it comes again
 * @param exactlyOnce whether the sink writes what was computed first
 */
public record RowKey(
        Optional<Origin> time,
        Optional<String> unit,
        Optional<TimePrecision> precision,
        Optional<List<Optional<Origin>>> subTables,
        boolean secondKey,
        boolean shifted,
        boolean journal,
        boolean exactlyOnce) {
    private static final Set<String> CLOCKS =
            Set.of(
                    "NOW_TIMESTAMP",
                    "NOW",
                    "CURRENT_TIMESTAMP",
                    "LOCALTIMESTAMP",
                    "CURRENT_ROW_TIMESTAMP",
                    "PROCTIME",
                    "UNIX_TIMESTAMP",
                    "NOW_RFC3339");
    private static final String ARRIVAL = "received_at";
    private static final int MILLISECOND = 3;

    /** What is to be said of the key. */
    public List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        if (isClock() || isArrival()) {
            collisions().ifPresent(findings::add);
        }
        repetition().ifPresent(findings::add);
        return findings;
    }

    private boolean isClock() {
        return time.filter(origin -> origin.calls().stream().anyMatch(CLOCKS::contains))
                .isPresent();
    }

    private boolean isArrival() {
        return time.filter(origin -> origin.columns().equals(Set.of(ARRIVAL))).isPresent();
    }

    /** What a message that comes again is; of the table nothing need be known for that. */
    public Optional<Finding> repetition() {
        boolean clock = isClock();
        if (exactlyOnce || !clock && (!isArrival() || journal)) {
            return Optional.empty();
        }
        return Optional.of(
                Finding.note(
                        (clock
                                        ? "The time is that of the clock"
                                        : "The time is that of the arrival")
                                + " and not the message's own: a message that comes again after a failure is a second row.",
                        "A time from the payload, or 'sink.delivery-guarantee' = 'exactly-once', avoids that."));
    }

    private Optional<Finding> collisions() {
        if (secondKey || shifted) {
            return Optional.empty();
        }
        String what = apart();
        if (what == null) {
            return Optional.empty();
        }
        int digits = Math.min(digitsOfUnit(), precision.map(TimePrecision::digits).orElse(9));
        if (digits > MILLISECOND) {
            return Optional.empty();
        }
        return Optional.of(
                Finding.warning(
                        "Two messages in one %s are one row: %s."
                                .formatted(digits == 0 ? "second" : "millisecond", what),
                        "Use a super table with a sub-table for each device, or 'sink.timestamp-collision' = 'shift'."));
    }

    /** Why rows of different devices are not kept apart; null if they are. */
    private String apart() {
        if (subTables.isEmpty()) {
            return "all devices write this one table";
        }
        boolean constant =
                subTables.get().stream()
                        .allMatch(origin -> origin.map(Origin::isConstant).orElse(false));
        return constant ? "the name of the sub-table is the same for all devices" : null;
    }

    private int digitsOfUnit() {
        return switch (unit.orElse("millisecond")) {
            case "second" -> 0;
            case "microsecond" -> 6;
            case "nanosecond" -> 9;
            default -> MILLISECOND;
        };
    }
}
