package io.millrace.rule;

import io.millrace.rule.script.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What a job needs beside its rules: its name, its connections and Flink's own settings, from a
 * file such as {@code millrace.yaml} and from the command line. Immutable.
 *
 * <pre>{@code
 * job:
 *   name: plant-7
 * connections:
 *   mqtt: {type: mqtt, url: "tcp://broker:1883"}
 *   tdengine: {type: tdengine, url: "http://db:6041", username: root, password: "${env.TDENGINE_PASSWORD}"}
 * topics:
 *   "devices/+/temp":
 *     columns: {temp: DOUBLE, ts: TIMESTAMP_LTZ(3)}
 *     event-time: ts
 *     watermark: ts - INTERVAL '5' SECOND
 * flink:
 *   execution.checkpointing.interval: 200 ms
 * }</pre>
 *
 * @param jobName the job's name, from which client ids and the state folder are made
 * @param connections options by connection name; a connection is a Flink catalog, its {@code type}
 *     is {@code mqtt} or {@code tdengine}. Values may hold references such as <code>${env.NAME}
 *     </code>, which stay unresolved here
 * @param topics what is said of topics, for all rules
 * @param flink Flink's configuration by key
 * @param places where the keys stand in the file
 */
public record Settings(
        Optional<String> jobName,
        Map<String, Map<String, String>> connections,
        List<TopicDeclaration> topics,
        Map<String, String> flink,
        Places places) {
    public Settings {
        Map<String, Map<String, String>> copy = new LinkedHashMap<>();
        connections.forEach((name, options) -> copy.put(name, Map.copyOf(options)));
        connections = Collections.unmodifiableMap(copy);
        topics = List.copyOf(topics);
        flink = Map.copyOf(flink);
    }

    /** No connections, nothing set. */
    public static Settings empty() {
        return new Settings(Optional.empty(), Map.of(), List.of(), Map.of(), Places.none());
    }

    /**
     * Reads a settings file. Values are taken as they are written: {@code off} is no truth value.
     *
     * @throws RuleException if it is no YAML or has keys that are not known; names all of them
     * @throws IOException if it cannot be read
     */
    public static Settings read(Path file) throws IOException {
        return SettingsReader.read(new SourceFile(file, Files.readString(file)));
    }

    /** These settings with options of one connection added or replaced. */
    public Settings withConnection(String name, Map<String, String> options) {
        Map<String, Map<String, String>> all = new LinkedHashMap<>(connections);
        Map<String, String> merged = new LinkedHashMap<>(all.getOrDefault(name, Map.of()));
        merged.putAll(options);
        all.put(name, merged);
        List<String> replaced =
                options.keySet().stream()
                        .map(option -> "connections." + name + "." + option)
                        .toList();
        return new Settings(jobName, all, topics, flink, places.without(replaced));
    }

    /** These settings with Flink options added or replaced. */
    public Settings withFlink(Map<String, String> options) {
        Map<String, String> all = new LinkedHashMap<>(flink);
        all.putAll(options);
        return new Settings(jobName, connections, topics, all, places);
    }

    /** These settings without those of Flink's options whose names are such. */
    public Settings withoutFlink(Predicate<String> names) {
        Map<String, String> all = new LinkedHashMap<>(flink);
        all.keySet().removeIf(names);
        return new Settings(jobName, connections, topics, all, places);
    }

    /** These settings with another job name. */
    public Settings withJobName(String name) {
        return new Settings(Optional.of(name), connections, topics, flink, places);
    }
}
