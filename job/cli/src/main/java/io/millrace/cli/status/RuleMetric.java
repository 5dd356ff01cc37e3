package io.millrace.cli.status;

import java.util.Arrays;
import java.util.Optional;

/**
 * The metrics that the connectors and the operators of rules have in the groups {@code
 * rule.<name>}. Their order is the one they are read in, see {@link JobReader}.
 */
enum RuleMetric {
    // Of sinks.
    WRITTEN("written", Part.SINK),
    DEAD_LETTERS("deadLetters", Part.SINK),
    COLLISIONS("collisions", Part.SINK),
    UNCONFIRMED("unconfirmed", Part.SINK),
    THAWED("thawed", Part.SINK),
    IN_FLIGHT("inFlight", Part.SINK),
    FROZEN("frozen", Part.SINK),
    ROWS_PER_RECORD("rowsPerRecord", Part.SINK),
    OUTAGE_SECONDS("outageSeconds", Part.SINK),
    // Of what is between.
    FILTERED("failedNoResult", Part.RULE),
    FAILED("failedException", Part.RULE),
    PASSED("passed", Part.RULE),
    ROWS("rows", Part.RULE),
    ELSEWHERE("elsewhere", Part.RULE),
    MATCHED("matched", Part.RULE),
    // Of sources.
    UNDECODABLE("undecodable", Part.SOURCE),
    EXPANDED("expanded", Part.SOURCE),
    WAITING("waiting", Part.SOURCE),
    UNACKED("unacked", Part.SOURCE),
    LAG_MILLIS("lagMillis", Part.SOURCE),
    RECEIVED("received", Part.SOURCE);

    /** Where in a job. */
    enum Part {
        SINK,
        RULE,
        SOURCE
    }

    private final String metric;
    private final Part part;

    RuleMetric(String metric, Part part) {
        this.metric = metric;
        this.part = part;
    }

    Part part() {
        return part;
    }

    /** Whether several tasks' values are one by their largest rather than by their sum. */
    boolean isLargest() {
        return this == LAG_MILLIS || this == OUTAGE_SECONDS || this == ROWS_PER_RECORD;
    }

    static Optional<RuleMetric> of(String metric) {
        return Arrays.stream(values()).filter(known -> known.metric.equals(metric)).findFirst();
    }
}
