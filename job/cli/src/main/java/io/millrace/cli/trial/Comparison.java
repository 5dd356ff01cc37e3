package io.millrace.cli.trial;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.rule.trial.TrialResult;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Compares what came out with what was expected. Stateless. */
final class Comparison {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Comparison() {}

    /** What is different, a line each; none if all is as expected. */
    static List<String> differences(TestCase expected, TrialResult result) {
        List<String> differences = new ArrayList<>();
        expected.expect().ifPresent(rows -> rows(rows, Given.of(result), differences));
        texts("dead letter", expected.deadLetters(), Given.letters(result), differences);
        texts("failure", expected.failures(), Given.failures(result), differences);
        return differences;
    }

    private static void rows(
            Map<String, List<JsonNode>> expected, List<Given> given, List<String> differences) {
        Set<Given> claimed = new LinkedHashSet<>();
        expected.forEach(
                (name, rows) -> {
                    List<Given> there =
                            given.stream().filter(row -> row.names().contains(name)).toList();
                    claimed.addAll(there);
                    for (int i = 0; i < Math.max(rows.size(), there.size()); i++) {
                        row(
                                name + " row " + (i + 1),
                                i < rows.size() ? rows.get(i) : null,
                                i < there.size() ? there.get(i) : null,
                                differences);
                    }
                });
        for (Given row : given) {
            if (!claimed.contains(row)) {
                differences.add(
                        "%s: nobody expects %s".formatted(row.place(), Json.text(row.values())));
            }
        }
    }

    private static void row(
            String place, JsonNode expected, Given given, List<String> differences) {
        if (given == null) {
            differences.add(place + " is missing: " + expected);
            return;
        }
        if (expected == null) {
            differences.add(place + " is too many: " + Json.text(given.values()));
            return;
        }
        JsonNode values = JSON.valueToTree(given.values());
        expected.properties()
                .forEach(
                        column -> {
                            JsonNode value = values.get(column.getKey());
                            if (value == null) {
                                differences.add(
                                        "%s has no column '%s'; there are %s"
                                                .formatted(
                                                        place,
                                                        column.getKey(),
                                                        String.join(
                                                                ", ", given.values().keySet())));
                            } else if (!isEqual(column.getValue(), value)) {
                                differences.add(
                                        "%s: %s is %s, expected %s"
                                                .formatted(
                                                        place,
                                                        column.getKey(),
                                                        value,
                                                        column.getValue()));
                            }
                        });
    }

    private static boolean isEqual(JsonNode expected, JsonNode given) {
        if (expected.isNumber() && given.isNumber()) {
            return expected.decimalValue().compareTo(given.decimalValue()) == 0;
        }
        if (expected.isTextual() && given.isTextual()) {
            return expected.asText().equals(given.asText())
                    || isSameTime(expected.asText(), given.asText());
        }
        if (expected.isObject() && given.isObject()) {
            return expected.size() == given.size()
                    && expected.properties().stream()
                            .allMatch(
                                    member ->
                                            given.has(member.getKey())
                                                    && isEqual(
                                                            member.getValue(),
                                                            given.get(member.getKey())));
        }
        if (expected.isArray() && given.isArray() && expected.size() == given.size()) {
            for (int i = 0; i < expected.size(); i++) {
                if (!isEqual(expected.get(i), given.get(i))) {
                    return false;
                }
            }
            return true;
        }
        return expected.equals(given);
    }

    private static boolean isSameTime(String expected, String given) {
        try {
            return Times.parse(expected).equals(Instant.parse(given));
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    private static void texts(
            String what, List<String> expected, List<String> given, List<String> differences) {
        for (int i = 0; i < Math.max(expected.size(), given.size()); i++) {
            String number = what + " " + (i + 1);
            if (i >= given.size()) {
                differences.add(number + " is missing: one with '" + expected.get(i) + "'");
            } else if (i >= expected.size()) {
                differences.add(number + " is not expected: " + given.get(i));
            } else if (!given.get(i).contains(expected.get(i))) {
                differences.add(
                        "%s is: %s, expected is one with '%s'"
                                .formatted(number, given.get(i), expected.get(i)));
            }
        }
    }
}
