package io.millrace.rule;

import io.millrace.common.DidYouMean;
import io.millrace.common.References;
import io.millrace.rule.script.SourceFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes settings of a file, and tells all that is wrong with it at once. For one file. */
final class SettingsReader {
    private static final List<String> SECTIONS = List.of("job", "connections", "topics", "flink");
    private static final List<String> JOB_KEYS = List.of("name");
    private static final List<String> TOPIC_KEYS =
            List.of(
                    "connection",
                    "columns",
                    "payload",
                    "format",
                    "event-time",
                    "time-unit",
                    "watermark");

    private final SettingsTree tree;
    private final Path folder;

    private SettingsReader(SettingsTree tree, Path folder) {
        this.tree = tree;
        this.folder = folder;
    }

    /**
     * Reads a file.
     *
     * @throws RuleException if it is no YAML or has keys that are not known
     */
    static Settings read(SourceFile file) throws IOException {
        SettingsTree tree = SettingsTree.read(file);
        Path folder = file.path().toAbsolutePath().normalize().getParent();
        Settings settings = new SettingsReader(tree, folder).settings();
        tree.throwIfAny();
        return settings;
    }

    private Settings settings() {
        Map<String, SettingsTree.Node> sections = members("", tree.root());
        for (String section : sections.keySet()) {
            if (!SECTIONS.contains(section)) {
                tree.add(
                        section,
                        "Section '%s' is not known; allowed are %s.%s"
                                .formatted(
                                        section,
                                        String.join(", ", SECTIONS),
                                        DidYouMean.hint(SECTIONS, section)));
            }
        }
        Map<String, String> job = texts("job", sections.get("job"));
        job.keySet().forEach(key -> known("job", key, JOB_KEYS));
        Map<String, Map<String, String>> connections = new LinkedHashMap<>();
        members("connections", sections.get("connections"))
                .forEach(
                        (name, options) ->
                                connections.put(name, options("connections." + name, options)));
        List<TopicDeclaration> topics = new ArrayList<>();
        members("topics", sections.get("topics"))
                .forEach((topic, node) -> topics.add(topic(topic, node)));
        return new Settings(
                Optional.ofNullable(job.get("name")),
                connections,
                topics,
                texts("flink", sections.get("flink")),
                tree.places());
    }

    /** A job may run in another folder than the one where its settings are. */
    private Map<String, String> options(String key, SettingsTree.Node node) {
        Map<String, String> options = texts(key, node);
        options.replaceAll((name, value) -> References.below(folder, value));
        return options;
    }

    private boolean known(String section, String key, Collection<String> allowed) {
        if (!allowed.contains(key)) {
            tree.add(
                    section + "." + key,
                    "Key '%s.%s' is not known; allowed %s %s.%s"
                            .formatted(
                                    section,
                                    key,
                                    allowed.size() == 1 ? "is" : "are",
                                    String.join(", ", allowed),
                                    DidYouMean.hint(allowed, key)));
        }
        return allowed.contains(key);
    }

    private TopicDeclaration topic(String topic, SettingsTree.Node node) {
        String key = "topics." + topic;
        Map<String, SettingsTree.Node> members = new LinkedHashMap<>(members(key, node));
        long unknown =
                members.keySet().stream().filter(name -> !known(key, name, TOPIC_KEYS)).count();
        Map<String, String> columns = new LinkedHashMap<>();
        members(key + ".columns", members.remove("columns"))
                .forEach((name, type) -> columns.put(name, text(key + ".columns." + name, type)));
        Map<String, String> texts = new LinkedHashMap<>();
        members.keySet().retainAll(TOPIC_KEYS);
        members.forEach((name, value) -> texts.put(name, text(key + "." + name, value)));
        if (unknown == 0 && columns.isEmpty() != texts.containsKey("payload")) {
            tree.add(
                    key,
                    "Key '%s' needs either 'columns', the payload's members and their types, or 'payload', the type of a payload that is no object."
                            .formatted(key));
        }
        return new TopicDeclaration(
                tree.places(),
                key,
                topic,
                Optional.ofNullable(texts.get("connection")),
                columns,
                Optional.ofNullable(texts.get("payload")),
                Optional.ofNullable(texts.get("format")),
                Optional.ofNullable(texts.get("event-time")),
                Optional.ofNullable(texts.get("time-unit")),
                Optional.ofNullable(texts.get("watermark")));
    }

    private String text(String key, SettingsTree.Node value) {
        if (value instanceof SettingsTree.Text text && !text.text().isBlank()) {
            return text.text();
        }
        tree.add(
                key,
                "Key '%s' must hold a text. One with a comma in it, such as DECIMAL(10, 2), is quoted inside braces."
                        .formatted(key));
        return "";
    }

    private Map<String, SettingsTree.Node> members(String key, SettingsTree.Node node) {
        if (node instanceof SettingsTree.Members members) {
            return members.members();
        }
        if (node instanceof SettingsTree.Text) {
            tree.add(
                    key,
                    "%s must hold 'key: value' lines."
                            .formatted(key.isEmpty() ? "The file" : "'" + key + "'"));
        }
        return Map.of();
    }

    /** Flattens nested members to dotted keys, as Flink's own configuration file does. */
    private Map<String, String> texts(String key, SettingsTree.Node node) {
        Map<String, String> texts = new LinkedHashMap<>();
        members(key, node)
                .forEach(
                        (name, value) -> {
                            String whole = key + "." + name;
                            if (value instanceof SettingsTree.Members) {
                                texts(whole, value)
                                        .forEach(
                                                (inner, text) ->
                                                        texts.put(name + "." + inner, text));
                            } else if (value instanceof SettingsTree.Text text) {
                                texts.put(name, text.text());
                            } else {
                                tree.add(
                                        whole,
                                        "Key '%s' has no value. Give one, or remove the line."
                                                .formatted(whole));
                            }
                        });
        return texts;
    }
}
