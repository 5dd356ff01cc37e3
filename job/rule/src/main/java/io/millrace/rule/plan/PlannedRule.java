package io.millrace.rule.plan;

import io.millrace.rule.script.RuleHeader;
import java.util.List;

/**
 * A rule that was read.
 *
 * @param line where it begins, from 1
 * @param description what its header says; empty if nothing
 * @param dialect {@code flink} or {@code emqx}
 * @param topics the topics that it reads
 * @param target the table or topic that it writes
 */
public record PlannedRule(
        String name,
        String file,
        int line,
        String description,
        String dialect,
        List<String> topics,
        String target) {

    static PlannedRule of(Rule rule, List<TopicNames.Found> topics) {
        return new PlannedRule(
                rule.name(),
                rule.statement().file().path().toString(),
                rule.statement().file().line(rule.statement().offset()),
                rule.statement()
                        .header()
                        .get(RuleHeader.Key.DESCRIPTION)
                        .map(RuleHeader.Value::text)
                        .orElse(""),
                rule.emqx().isPresent() ? "emqx" : "flink",
                topics.stream().map(TopicNames.Found::topic).toList(),
                target(rule));
    }

    static String target(Rule rule) {
        return String.join(".", rule.target().names);
    }
}
