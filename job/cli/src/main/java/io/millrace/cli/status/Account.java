package io.millrace.cli.status;

/**
 * What has become of the messages that a rule got, in the current attempt of the job:
 *
 * <pre>{@code
 * received = filtered + written + collisions + unconfirmed + dead letters + in flight
 * }</pre>
 *
 * <p>Each term is counted where it happens, by another operator than the others; none is the
 * difference of the rest. <i>In flight</i> are rows in the sink's batches and requests and, with
 * exactly-once, in checkpoints that are not committed yet; where a job has an exchange between
 * source and sink, which ours has only for rules over several topics, also the records that went
 * into it and have not come out, as Flink counts both ends.
 *
 * <p>The equation holds for rules that make at most one row of a message. For others {@link
 * #noClaim} says why it is not claimed. When nothing moves both sides are equal. While the job
 * runs, the metrics of one look are some milliseconds apart, and apart by {@code
 * metrics.fetcher.update-interval} if the look falls between two of Flink's own; they are read from
 * the sink up to the source, so {@link #difference()} is then what came in meanwhile and hardly
 * ever negative. After a recovery with exactly-once the rows of the restored checkpoint are written
 * by this attempt without having been received by it, and in flight is too small by as many.
 *
 * @param received messages
 * @param filtered by the rule's condition
 * @param written rows that the server has
 * @param collisions rows that gave way to a later one with the same key
 * @param unconfirmed QoS 0 messages that may have been sent or not
 * @param deadLetters messages and rows that can never succeed
 * @param inFlight rows on their way
 * @param noClaim why the equation is not claimed; empty if it is
 */
public record Account(
        long received,
        long filtered,
        long written,
        long collisions,
        long unconfirmed,
        long deadLetters,
        long inFlight,
        String noClaim) {

    /** Whether the two sides ought to agree. */
    public boolean isClaimed() {
        return noClaim.isEmpty();
    }

    /** What the right side comes to. */
    public long accounted() {
        return filtered + written + collisions + unconfirmed + deadLetters + inFlight;
    }

    /** By how much the left side is more. */
    public long difference() {
        return received - accounted();
    }

    /** Whether both sides are equal. */
    public boolean balances() {
        return difference() == 0;
    }

    static Account of(RuleNumbers rule) {
        return new Account(
                received(rule),
                rule.orZero(RuleMetric.FILTERED),
                rule.orZero(RuleMetric.WRITTEN),
                rule.orZero(RuleMetric.COLLISIONS),
                rule.orZero(RuleMetric.UNCONFIRMED),
                rule.orZero(RuleMetric.DEAD_LETTERS) + rule.orZero(RuleMetric.UNDECODABLE),
                inFlight(rule),
                noClaim(rule));
    }

    /** A message that two topics of one rule brought counts once, as it is evaluated once. */
    private static long received(RuleNumbers rule) {
        return rule.get(RuleMetric.RECEIVED).orElse(rule.orZero(RuleMetric.MATCHED))
                - rule.orZero(RuleMetric.ELSEWHERE);
    }

    private static long inFlight(RuleNumbers rule) {
        long inCheckpoints =
                rule.has(RuleMetric.THAWED)
                        ? Math.max(
                                0, rule.orZero(RuleMetric.FROZEN) - rule.orZero(RuleMetric.THAWED))
                        : 0;
        return rule.orZero(RuleMetric.IN_FLIGHT) + inCheckpoints + exchanged(rule);
    }

    /** Records between two tasks. */
    private static long exchanged(RuleNumbers rule) {
        if (rule.isChained() || !rule.has(RuleMetric.MATCHED) || !rule.has(RuleMetric.WRITTEN)) {
            return 0;
        }
        long beforeRule =
                received(rule)
                        - rule.orZero(RuleMetric.UNDECODABLE)
                        - rule.orZero(RuleMetric.MATCHED);
        long behindRule = rule.orZero(RuleMetric.ROWS) - rule.recordsIntoSink();
        return Math.max(0, beforeRule) + Math.max(0, behindRule);
    }

    private static String noClaim(RuleNumbers rule) {
        if (!rule.has(RuleMetric.RECEIVED)) {
            return "its source does not tell what it receives for the rule";
        }
        if (!rule.has(RuleMetric.WRITTEN)) {
            return "its target does not tell what it writes for the rule";
        }
        if (!rule.has(RuleMetric.MATCHED)) {
            return "a row of it may be made of several messages";
        }
        if (rule.orZero(RuleMetric.EXPANDED) > 0) {
            return "some payloads were lists, of several rows or none";
        }
        if (rule.get(RuleMetric.ROWS_PER_RECORD).orElse(1) != 1) {
            return "it writes several rows for each";
        }
        if (rule.isChained()
                && rule.orZero(RuleMetric.ROWS)
                        != rule.orZero(RuleMetric.PASSED) + rule.orZero(RuleMetric.FAILED)) {
            return "it makes several rows of a message, or drops some";
        }
        return "";
    }
}
