package io.millrace.cli.trial;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import io.millrace.common.DidYouMean;
import io.millrace.rule.RuleException;
import io.millrace.rule.trial.TrialResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A file of expectations, as it stands beside rules.
 *
 * @param path the file
 * @param root what it says
 * @param rules the rules' files
 * @param tables definitions of tables
 */
record TestFile(
        Path path,
        ObjectNode root,
        List<Path> rules,
        String tables,
        boolean offline,
        List<TestCase> cases) {
    /** What cases have that say no time. */
    static final Instant USUAL_CLOCK = Instant.parse("2026-01-01T00:00:00Z");

    private static final String SUFFIX = ".test.yaml";
    private static final List<String> KEYS =
            List.of("rules", "tables", "offline", "clock", "cases");
    private static final List<String> CASE_KEYS =
            List.of("name", "messages", "clock", "expect", "deadLetters", "failures");
    private static final ObjectMapper YAML =
            new ObjectMapper(
                    YAMLFactory.builder()
                            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                            .disable(YAMLGenerator.Feature.SPLIT_LINES)
                            .build());

    /**
     * Reads a file.
     *
     * @throws RuleException if it is wrong; names the key
     */
    static TestFile read(Path path) throws IOException {
        JsonNode root;
        try {
            root = YAML.readTree(Files.readString(path));
        } catch (JsonProcessingException e) {
            throw new RuleException(
                    "%s:%d:%d: %s"
                            .formatted(
                                    path,
                                    e.getLocation().getLineNr(),
                                    e.getLocation().getColumnNr(),
                                    e.getOriginalMessage()),
                    e);
        }
        if (!(root instanceof ObjectNode object)) {
            throw new RuleException(
                    "%s: A test file has the keys %s.".formatted(path, String.join(", ", KEYS)));
        }
        known(path.toString(), object, KEYS);
        String tables = tables(path, object.path("tables"));
        Instant clock = clock(path.toString(), object).orElse(USUAL_CLOCK);
        List<TestCase> cases = new ArrayList<>();
        for (JsonNode node : object.path("cases")) {
            cases.add(testCase(path + ": Case " + (cases.size() + 1), node, clock));
        }
        if (cases.isEmpty()) {
            throw new RuleException("%s: There are no 'cases'.".formatted(path));
        }
        return new TestFile(
                path,
                object,
                rules(path, object.path("rules")),
                tables,
                object.path("offline").asBoolean(!tables.isBlank()),
                cases);
    }

    private static void known(String place, JsonNode node, List<String> keys) {
        node.fieldNames()
                .forEachRemaining(
                        name -> {
                            if (!keys.contains(name)) {
                                throw new RuleException(
                                        "%s: Key '%s' is not known; allowed are %s.%s"
                                                .formatted(
                                                        place,
                                                        name,
                                                        String.join(", ", keys),
                                                        DidYouMean.hint(keys, name)));
                            }
                        });
    }

    private static List<Path> rules(Path path, JsonNode node) {
        List<Path> rules = new ArrayList<>();
        if (node.isMissingNode()) {
            rules.add(path.resolveSibling(besideOf(path)));
        } else if (node.isTextual()) {
            rules.add(path.resolveSibling(node.asText()));
        } else {
            node.forEach(file -> rules.add(path.resolveSibling(file.asText())));
        }
        return rules;
    }

    /** A path, several, or the definitions themselves. */
    private static String tables(Path path, JsonNode node) {
        List<String> texts = new ArrayList<>();
        if (node.isArray()) {
            node.forEach(text -> texts.add(text.asText()));
        } else if (!node.isMissingNode() && !node.isNull()) {
            texts.add(node.asText());
        }
        StringBuilder tables = new StringBuilder();
        for (String text : texts) {
            boolean definitions = text.strip().toUpperCase(Locale.ROOT).startsWith("CREATE");
            try {
                tables.append(definitions ? text : Files.readString(path.resolveSibling(text)))
                        .append(";\n");
            } catch (IOException e) {
                throw new RuleException(
                        "%s: 'tables' is '%s', which cannot be read. It is a file, from here, or definitions such as CREATE STABLE …"
                                .formatted(path, text),
                        e);
            }
        }
        return tables.toString();
    }

    private static Optional<Instant> clock(String place, JsonNode node) {
        String text = node.path("clock").asText("");
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(Times.parse(text));
        } catch (DateTimeParseException e) {
            throw new RuleException(
                    "%s: 'clock' is '%s'; allowed are times such as 2026-01-01T12:00:00Z."
                            .formatted(place, text),
                    e);
        }
    }

    private static TestCase testCase(String place, JsonNode node, Instant clock) {
        known(place, node, CASE_KEYS);
        List<Message> messages = new ArrayList<>();
        for (JsonNode message : node.path("messages")) {
            messages.add(Message.of(message, place + ", message " + (messages.size() + 1)));
        }
        if (messages.isEmpty()) {
            throw new RuleException("%s: There are no 'messages'.".formatted(place));
        }
        Map<String, List<JsonNode>> expect = new LinkedHashMap<>();
        node.path("expect")
                .properties()
                .forEach(
                        entry -> {
                            List<JsonNode> rows = new ArrayList<>();
                            entry.getValue().forEach(rows::add);
                            expect.put(entry.getKey(), rows);
                        });
        return new TestCase(
                node.path("name").asText("case"),
                messages,
                clock(place, node).orElse(clock),
                node.has("expect") ? Optional.of(expect) : Optional.empty(),
                texts(node.path("deadLetters")),
                texts(node.path("failures")));
    }

    private static List<String> texts(JsonNode node) {
        List<String> texts = new ArrayList<>();
        node.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    /** Writes what came out as what is expected. */
    void update(List<TrialResult> results) throws IOException {
        ArrayNode cases = (ArrayNode) root.get("cases");
        for (int i = 0; i < results.size(); i++) {
            expect((ObjectNode) cases.get(i), results.get(i));
        }
        String head =
                Files.readAllLines(path).stream()
                        .takeWhile(line -> line.startsWith("#") || line.isBlank())
                        .map(line -> line + "\n")
                        .collect(Collectors.joining());
        Files.writeString(path, head + YAML.writeValueAsString(root));
    }

    private static void expect(ObjectNode target, TrialResult result) {
        Map<String, List<Map<String, Object>>> rows = new LinkedHashMap<>();
        for (Given given : Given.of(result)) {
            rows.computeIfAbsent(given.place(), place -> new ArrayList<>()).add(given.values());
        }
        target.set("expect", YAML.valueToTree(rows));
        put(target, "deadLetters", Given.letters(result));
        put(target, "failures", Given.failures(result));
    }

    private static void put(ObjectNode target, String key, List<String> texts) {
        if (texts.isEmpty()) {
            target.remove(key);
        } else {
            target.set(key, YAML.valueToTree(texts));
        }
    }

    /** Makes a file of what was tried. One that is there gets another case. */
    static void save(Path path, TryRequest request, Instant clock, TrialResult result)
            throws IOException {
        ObjectNode root = YAML.createObjectNode();
        if (Files.exists(path)) {
            root = read(path).root();
        } else {
            Path folder = path.toAbsolutePath().normalize().getParent();
            List<String> rules = request.files().stream().map(file -> from(folder, file)).toList();
            if (!rules.equals(List.of(besideOf(path)))) {
                root.set("rules", YAML.valueToTree(rules));
            }
            if (request.tablesFile().isPresent()) {
                root.put("tables", from(folder, request.tablesFile().get()));
            }
            if (request.offline() == request.tables().isBlank()) {
                root.put("offline", request.offline());
            }
            root.putArray("cases");
        }
        ArrayNode cases = (ArrayNode) root.get("cases");
        ObjectNode added = cases.addObject();
        added.put("name", "case " + cases.size());
        added.put("clock", clock.toString());
        ArrayNode messages = added.putArray("messages");
        result.messages().forEach(message -> messages.add(Message.of(message.sample()).json()));
        expect(added, result);
        Files.writeString(path, YAML.writeValueAsString(root));
    }

    private static String from(Path folder, Path file) {
        return folder.relativize(file.toAbsolutePath().normalize()).toString();
    }

    /** The rule file that a test file is for if it does not say. */
    private static String besideOf(Path path) {
        String name = path.getFileName().toString();
        return (name.endsWith(SUFFIX)
                        ? name.substring(0, name.length() - SUFFIX.length())
                        : name.replaceFirst("\\.[^.]*$", ""))
                + ".sql";
    }
}
