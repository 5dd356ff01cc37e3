package io.millrace.rule.plan;

import io.millrace.rule.check.TableText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A topic that rules read.
 *
 * @param ddl the CREATE TABLE that reads it as the rules do
 * @param payload what the payload is taken for
 * @param assumed members that are taken for texts, since nothing says what they are
 * @param rules the names of the rules
 */
public record PlannedTopic(
        String filter, String ddl, String payload, List<String> assumed, List<String> rules) {

    static PlannedTopic of(TopicTable table, String jobName) {
        Map<String, String> options = new LinkedHashMap<>(table.options());
        // Of the job, and of writing.
        options.remove("scan.rules");
        options.remove("scan.dead-letter");
        options.keySet().removeIf(key -> key.startsWith("sink."));
        // Another than the job's own, whose sessions it would take over.
        options.put("client-id.prefix", options.getOrDefault("client-id.prefix", jobName) + "-sql");
        return new PlannedTopic(
                table.filter(),
                TableText.of(table.filter(), table.schema(), options),
                table.payloadText(),
                table.assumed(),
                table.rules());
    }
}
