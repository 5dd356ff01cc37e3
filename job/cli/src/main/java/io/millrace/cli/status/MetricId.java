package io.millrace.cli.status;

import java.util.Optional;

/**
 * The name of a rule's metric as Flink's REST API has it: {@code
 * <subtask>.<operator>.rule.<name>.<metric>}. Flink has replaced blanks, dots, colons and commas
 * inside of names by underscores.
 *
 * @param operator which it is of, with its subtask
 * @param rule the rule's name as Flink writes it
 */
record MetricId(String operator, String rule, RuleMetric metric) {
    private static final int PARTS = 5;
    private static final String GROUP = "rule";

    /** Empty if it is another metric. */
    static Optional<MetricId> parse(String id) {
        String[] parts = id.split("\\.");
        if (parts.length != PARTS || !parts[2].equals(GROUP)) {
            return Optional.empty();
        }
        return RuleMetric.of(parts[4])
                .map(metric -> new MetricId(parts[0] + "." + parts[1], parts[3], metric));
    }
}
