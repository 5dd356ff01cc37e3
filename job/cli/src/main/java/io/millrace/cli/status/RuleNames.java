package io.millrace.cli.status;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.rule.RuleJob;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The names of a job's rules as their authors wrote them. In the names of metrics Flink replaces
 * some characters.
 *
 * @param byFlinkName in the order of the alphabet, should several be one for Flink
 */
record RuleNames(Map<String, String> byFlinkName) {
    /** When nothing is known. */
    static final RuleNames NONE = new RuleNames(Map.of());

    /** Finds them in what Flink tells of a job's configuration. */
    static RuleNames in(JsonNode config) {
        Set<String> names = new TreeSet<>();
        config.path("execution-config")
                .path("user-config")
                .properties()
                .forEach(
                        entry -> {
                            if (entry.getKey().startsWith(RuleJob.RULE_PARAMETER)) {
                                names.add(entry.getValue().asText());
                            }
                        });
        Map<String, String> byFlinkName = new TreeMap<>();
        names.forEach(
                name -> byFlinkName.merge(flinkName(name), name, (one, two) -> one + ", " + two));
        return new RuleNames(byFlinkName);
    }

    /** As Flink 2.3 does it for its REST API. */
    private static String flinkName(String name) {
        return name.replaceAll("[ .:,]", "_");
    }

    /** The name as it was written, or of several rules whose metrics are one the names. */
    String written(String flinkName) {
        return byFlinkName.getOrDefault(flinkName, flinkName);
    }
}
