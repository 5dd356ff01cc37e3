package io.millrace.rule;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import io.millrace.rule.script.SourceFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * A settings file as it is written. YAML takes {@code off} and {@code yes} for truth values, {@code
 * 007} and {@code 1e3} for numbers; an option wants the text that the user typed, so that is what
 * is kept. Gathers what is wrong. Used by one thread.
 */
final class SettingsTree {

    /** What stands at a key. */
    sealed interface Node {}

    /** A value, as it is written. */
    record Text(String text) implements Node {}

    /** Nothing: {@code key:} alone. */
    record Nothing() implements Node {}

    /** Further keys. */
    record Members(Map<String, Node> members) implements Node {}

    private final SourceFile file;
    private final Map<String, Integer> offsets = new LinkedHashMap<>();
    private final List<Problem> problems = new ArrayList<>();
    private final Node root;

    private SettingsTree(SourceFile file) throws IOException {
        this.file = file;
        this.root = parse();
    }

    /**
     * Reads a file.
     *
     * @throws RuleException if it is no YAML
     */
    static SettingsTree read(SourceFile file) throws IOException {
        return new SettingsTree(file);
    }

    Node root() {
        return root;
    }

    Places places() {
        return new Places(Optional.of(file), offsets);
    }

    /** Notes that something is wrong with a key. */
    void add(String key, String message) {
        problems.add(places().problem(Problem.Severity.ERROR, key, message));
    }

    void throwIfAny() {
        if (!problems.isEmpty()) {
            problems.sort(Comparator.comparing(Problem::line).thenComparing(Problem::column));
            throw new RuleException(problems, null);
        }
    }

    private Node parse() throws IOException {
        try (YAMLParser parser = new YAMLFactory().createParser(file.text())) {
            JsonToken first = parser.nextToken();
            return first == null ? new Nothing() : node(parser, "");
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation() == null ? JsonLocation.NA : e.getLocation();
            throw file.error(
                    file.offset(Math.max(1, at.getLineNr()), Math.max(1, at.getColumnNr())),
                    e.getOriginalMessage().lines().findFirst().orElse("This is no YAML."),
                    e);
        }
    }

    private Node node(YAMLParser parser, String key) throws IOException {
        if (parser.isCurrentAlias()) {
            add(key, "Key '%s' refers to another by '*'; write the value itself.".formatted(key));
            return new Nothing();
        }
        return switch (parser.currentToken()) {
            case START_OBJECT -> members(parser, key);
            case START_ARRAY -> list(parser, key);
            case VALUE_NULL -> new Nothing();
            default -> new Text(parser.getText());
        };
    }

    private Members members(YAMLParser parser, String key) throws IOException {
        Map<String, Node> members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            String inner = key.isEmpty() ? name : key + "." + name;
            int offset =
                    file.offset(
                            parser.currentTokenLocation().getLineNr(),
                            parser.currentTokenLocation().getColumnNr());
            if (members.containsKey(name)) {
                problems.add(
                        file.problem(
                                Problem.Severity.ERROR,
                                offset,
                                "Key '%s' stands here a second time.".formatted(inner)));
            }
            offsets.put(inner, offset);
            parser.nextToken();
            members.put(name, node(parser, inner));
        }
        return new Members(members);
    }

    /** A list of texts, as Flink writes it in one text. */
    private Node list(YAMLParser parser, String key) throws IOException {
        StringJoiner joined = new StringJoiner(";");
        boolean texts = true;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            Node element = node(parser, key);
            if (element instanceof Text text) {
                joined.add(text.text());
            } else {
                texts = false;
            }
        }
        if (!texts || key.isEmpty() || !key.contains(".")) {
            add(
                    key,
                    "%s must hold 'key: value' lines."
                            .formatted(key.isEmpty() ? "The file" : "'" + key + "'"));
            return new Nothing();
        }
        return new Text(joined.toString());
    }
}
