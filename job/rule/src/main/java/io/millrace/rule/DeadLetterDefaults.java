package io.millrace.rule;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where dead letters go of connections that do not say it. Stateless. */
public final class DeadLetterDefaults {
    private static final Map<String, List<String>> OPTIONS_BY_TYPE =
            Map.of(
                    "mqtt", List.of("scan.dead-letter", "sink.dead-letter"),
                    "tdengine", List.of("sink.dead-letter"));

    private DeadLetterDefaults() {}

    /**
     * The settings with a place for the dead letters of each connection.
     *
     * @param target such as {@code file:/folder}
     */
    public static Settings at(String target, Settings settings) {
        Settings complete = settings;
        for (Map.Entry<String, Map<String, String>> connection :
                settings.connections().entrySet()) {
            Map<String, String> missing = new HashMap<>();
            for (String option : options(connection.getValue())) {
                if (!connection.getValue().containsKey(option)) {
                    missing.put(option, target);
                }
            }
            complete = complete.withConnection(connection.getKey(), missing);
        }
        return complete;
    }

    /** The options, as {@code connection.option}, that no connection sets. */
    static List<String> unset(Settings settings) {
        return settings.connections().entrySet().stream()
                .flatMap(
                        connection ->
                                options(connection.getValue()).stream()
                                        .filter(o -> !connection.getValue().containsKey(o))
                                        .map(o -> connection.getKey() + "." + o))
                .sorted()
                .toList();
    }

    private static List<String> options(Map<String, String> connection) {
        return OPTIONS_BY_TYPE.getOrDefault(connection.getOrDefault("type", ""), List.of());
    }
}
