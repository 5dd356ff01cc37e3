package io.millrace.rule.plan;

import io.millrace.rule.script.Dialect;
import java.nio.file.Path;
import java.util.List;

/**
 * A rule that was planned.
 *
 * @param name its name
 * @param target what it writes, as it is written
 * @param file where it stands
 * @param line where it begins
 * @param dialect its language
 * @param topics the filters of the topics that it reads
 * @param insert Flink's statement
 * @param catalog the catalog that is current for it
 * @param database the database that is current for it
 */
public record PlannedRule(
        String name,
        String target,
        Path file,
        int line,
        Dialect dialect,
        List<String> topics,
        String insert,
        String catalog,
        String database) {
    public PlannedRule {
        topics = List.copyOf(topics);
    }
}
