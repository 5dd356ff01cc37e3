package io.millrace.rule;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.millrace.common.DidYouMean;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
 */
public record Settings(
        Optional<String> jobName,
        Map<String, Map<String, String>> connections,
        List<TopicDeclaration> topics,
        Map<String, String> flink) {
    private static final List<String> SECTIONS = List.of("job", "connections", "topics", "flink");

    private static final List<String> TOPIC_KEYS =
            List.of(
                    "connection",
                    "columns",
                    "payload",
                    "format",
                    "event-time",
                    "time-unit",
                    "watermark");

    public Settings {
        Map<String, Map<String, String>> copy = new LinkedHashMap<>();
        connections.forEach((name, options) -> copy.put(name, Map.copyOf(options)));
        connections = Collections.unmodifiableMap(copy);
        topics = List.copyOf(topics);
        flink = Map.copyOf(flink);
    }

    /** No connections, nothing set. */
    public static Settings empty() {
        return new Settings(Optional.empty(), Map.of(), List.of(), Map.of());
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
                topics(file, sections.get("topics")),
                texts(file, "flink", sections.get("flink")));
    }

    private static List<TopicDeclaration> topics(Path file, JsonNode section) {
        List<TopicDeclaration> topics = new ArrayList<>();
        members(file, "topics", section)
                .forEach((topic, node) -> topics.add(topic(file, topic, node)));
        return topics;
    }

    private static TopicDeclaration topic(Path file, String topic, JsonNode node) {
        String key = "topics." + topic;
        Map<String, JsonNode> members = new LinkedHashMap<>(members(file, key, node));
        for (String name : members.keySet()) {
            if (!TOPIC_KEYS.contains(name)) {
                throw new RuleException(
                        "%s: Key '%s.%s' is not known; allowed are %s.%s"
                                .formatted(
                                        file,
                                        key,
                                        name,
                                        String.join(", ", TOPIC_KEYS),
                                        DidYouMean.hint(TOPIC_KEYS, name)));
            }
        }
        Map<String, String> columns = new LinkedHashMap<>();
        members(file, key + ".columns", members.remove("columns"))
                .forEach(
                        (name, type) ->
                                columns.put(name, text(file, key + ".columns." + name, type)));
        Map<String, String> texts = new LinkedHashMap<>();
        members.forEach((name, value) -> texts.put(name, text(file, key + "." + name, value)));
        if (columns.isEmpty() != texts.containsKey("payload")) {
            throw new RuleException(
                    "%s: Key '%s' needs either 'columns', the payload's members and their types, or 'payload', the type of a payload that is no object."
                            .formatted(file, key));
        }
        return new TopicDeclaration(
                "%s: Key '%s'".formatted(file, key),
                topic,
                Optional.ofNullable(texts.get("connection")),
                columns,
                Optional.ofNullable(texts.get("payload")),
                Optional.ofNullable(texts.get("format")),
                Optional.ofNullable(texts.get("event-time")),
                Optional.ofNullable(texts.get("time-unit")),
                Optional.ofNullable(texts.get("watermark")));
    }

    private static String text(Path file, String key, JsonNode value) {
        if (!value.isValueNode() || value.asText().isBlank() || value.isNull()) {
            throw new RuleException(
                    "%s: Key '%s' must hold a text. One with a comma in it, such as DECIMAL(10, 2), is quoted inside braces."
                            .formatted(file, key));
        }
        return value.asText();
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
        return new Settings(jobName, all, topics, flink);
    }

    /** These settings with Flink options added or replaced. */
    public Settings withFlink(Map<String, String> options) {
        Map<String, String> all = new LinkedHashMap<>(flink);
        all.putAll(options);
        return new Settings(jobName, connections, topics, all);
    }

    /** These settings with another job name. */
    public Settings withJobName(String name) {
        return new Settings(Optional.of(name), connections, topics, flink);
    }
}
