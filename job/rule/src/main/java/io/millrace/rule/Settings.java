package io.millrace.rule;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Stand-in with the agreed signatures, until the real module is merged. */
public record Settings(
        Optional<String> jobName,
        Map<String, Map<String, String>> connections,
        Map<String, String> flink) {
    public static Settings empty() {
        return new Settings(Optional.empty(), Map.of(), Map.of());
    }

    public static Settings read(Path yaml) throws IOException {
        return empty();
    }

    public Settings withConnection(String name, Map<String, String> options) {
        Map<String, Map<String, String>> all = new TreeMap<>(connections);
        all.merge(
                name,
                options,
                (a, b) -> {
                    Map<String, String> merged = new TreeMap<>(a);
                    merged.putAll(b);
                    return merged;
                });
        return new Settings(jobName, all, flink);
    }

    public Settings withFlink(Map<String, String> options) {
        Map<String, String> all = new TreeMap<>(flink);
        all.putAll(options);
        return new Settings(jobName, connections, all);
    }

    public Settings withJobName(String name) {
        return new Settings(Optional.of(name), connections, flink);
    }
}
