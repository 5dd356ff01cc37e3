package io.millrace.cli.fit;

import java.util.OptionalLong;

/** Says in a rule author's words what an operator's state is. Stateless. */
final class Held {
    private Held() {}

    /** Such as {@code 3 open windows}. */
    static String by(String kind, SavedOperator operator) {
        OptionalLong entries = operator.entries();
        if (kind.contains("WindowAggregate")) {
            return count(entries, "open window", "open windows");
        }
        if (kind.contains(": Committer")) {
            return "rows that were to be written when the checkpoint was complete";
        }
        if (kind.contains("Join")) {
            return count(
                    entries,
                    "key with rows that wait for their counterpart",
                    "keys with rows that wait for their counterpart");
        }
        if (kind.contains("Aggregate")) {
            return count(entries, "running total", "running totals");
        }
        if (kind.contains("Match")) {
            return count(entries, "pattern under way", "patterns under way");
        }
        if (kind.contains("Deduplicate") || kind.contains("Rank")) {
            return count(
                    entries, "key with rows to compare with", "keys with rows to compare with");
        }
        return entries.isPresent()
                ? count(entries, "key with state", "keys with state")
                : "state of " + operator.bytes() + " bytes";
    }

    private static String count(OptionalLong entries, String one, String many) {
        if (entries.isEmpty()) {
            return many;
        }
        return entries.getAsLong() + " " + (entries.getAsLong() == 1 ? one : many);
    }
}
