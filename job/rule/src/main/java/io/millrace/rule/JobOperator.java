package io.millrace.rule;

/**
 * An operator of a planned job, as its state is found by.
 *
 * @param id what Flink makes of the uid, in hexadecimal
 * @param uid ours, which stays the same as long as the state means the same; see {@link
 *     OperatorUid} and, for topics, {@link io.millrace.mqtt.table.SourceUid}
 * @param rules names of the rules that it works for
 */
public record JobOperator(String id, String uid, java.util.List<String> rules) {
    public JobOperator {
        rules = java.util.List.copyOf(rules);
    }
}
