package io.millrace.rule;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
 * flink:
 *   execution.checkpointing.interval: 200 ms
 * }</pre>
 *
 * @param jobName the job's name, from which client ids and the state folder are made
 * @param connections options by connection name; a connection is a Flink catalog, its {@code type}
 *     is {@code mqtt} or {@code tdengine}. Values may hold references such as <code>${env.NAME}
 *     </code>, which stay unresolved here
 * @param flink Flink's configuration by key
 */
public record Settings(
        Optional<String> jobName,
        Map<String, Map<String, String>> connections,
        Map<String, String> flink) {
    private static final List<String> SECTIONS = List.of("job", "connections", "flink");

    public Settings {
        Map<String, Map<String, String>> copy = new LinkedHashMap<>();
        connections.forEach((name, options) -> copy.put(name, Map.copyOf(options)));
        connections = Collections.unmodifiableMap(copy);
        flink = Map.copyOf(flink);
    }

    /** No connections, nothing set. */
    public static Settings empty() {
        return new Settings(Optional.empty(), Map.of(), Map.of());
    }

    /**
     * Reads a settings file.
     *
     * @throws RuleException if it is no YAML or has keys that are not known; names file and key
     * @throws IOException if it cannot be read
     */
    public static Settings read(Path file) throws IOException {
        JsonNode root;
        try {
            root = new ObjectMapper(new YAMLFactory()).readTree(Files.readString(file));
        } catch (JsonProcessingException e) {
            throw new RuleException(
                    "%s:%d:%d: %s"
                            .formatted(
                                    file,
                                    e.getLocation().getLineNr(),
                                    e.getLocation().getColumnNr(),
                                    e.getOriginalMessage()),
                    e);
        }
        Map<String, JsonNode> sections = members(file, "", root);
        for (String section : sections.keySet()) {
            if (!SECTIONS.contains(section)) {
                throw new RuleException(
                        "%s: Section '%s' is not known; allowed are %s."
                                .formatted(file, section, String.join(", ", SECTIONS)));
            }
        }
        Map<String, String> job = texts(file, "job", sections.get("job"));
        for (String key : job.keySet()) {
            if (!key.equals("name")) {
                throw new RuleException(
                        "%s: Key 'job.%s' is not known; allowed is 'job.name'."
                                .formatted(file, key));
            }
        }
        Map<String, Map<String, String>> connections = new LinkedHashMap<>();
        members(file, "connections", sections.get("connections"))
                .forEach(
                        (name, options) ->
                                connections.put(name, texts(file, "connections." + name, options)));
        return new Settings(
                Optional.ofNullable(job.get("name")),
                connections,
                texts(file, "flink", sections.get("flink")));
    }

    private static Map<String, JsonNode> members(Path file, String key, JsonNode node) {
        Map<String, JsonNode> members = new LinkedHashMap<>();
        if (node != null && node.isObject()) {
            node.properties().forEach(member -> members.put(member.getKey(), member.getValue()));
        } else if (node != null && !node.isNull() && !node.isMissingNode()) {
            throw new RuleException(
                    "%s: %s must hold 'key: value' lines."
                            .formatted(file, key.isEmpty() ? "The file" : "'" + key + "'"));
        }
        return members;
    }

    /** Flattens nested members to dotted keys, as Flink's own configuration file does. */
    private static Map<String, String> texts(Path file, String key, JsonNode node) {
        Map<String, String> texts = new LinkedHashMap<>();
        members(file, key, node)
                .forEach(
                        (name, value) -> {
                            if (value.isObject()) {
                                texts(file, key + "." + name, value)
                                        .forEach(
                                                (inner, text) ->
                                                        texts.put(name + "." + inner, text));
                            } else {
                                texts.put(name, value.asText());
                            }
                        });
        return texts;
    }

    /** These settings with options of one connection added or replaced. */
    public Settings withConnection(String name, Map<String, String> options) {
        Map<String, Map<String, String>> all = new LinkedHashMap<>(connections);
        Map<String, String> merged = new LinkedHashMap<>(all.getOrDefault(name, Map.of()));
        merged.putAll(options);
        all.put(name, merged);
        return new Settings(jobName, all, flink);
    }

    /** These settings with Flink options added or replaced. */
    public Settings withFlink(Map<String, String> options) {
        Map<String, String> all = new LinkedHashMap<>(flink);
        all.putAll(options);
        return new Settings(jobName, connections, all);
    }

    /** These settings with another job name. */
    public Settings withJobName(String name) {
        return new Settings(Optional.of(name), connections, flink);
    }
}
