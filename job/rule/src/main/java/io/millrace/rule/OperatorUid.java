package io.millrace.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of an operator between the source and the end of a rule. It is written into savepoints,
 * so that one can tell later whose state it was, and reads like a sentence for that reason: {@code
 * rule 'averages': GlobalWindowAggregate 5b1c9d7e0a44}.
 *
 * @param rules the rules that it works for, sorted
 * @param kind Flink's word for what it does, such as {@code GroupAggregate}; a table's name and a
 *     part for what writes
 * @param meaning digits that are the same as long as the state means the same; for what writes the
 *     name says enough, and it is empty
 */
public record OperatorUid(List<String> rules, String kind, String meaning) {
    private static final Pattern RULE = Pattern.compile("'((?:[^']|'')*)'(?:, |: )");
    private static final Pattern REST = Pattern.compile("(.*?)(?: #([0-9a-f]{12}(?:-\\d+)?))?");

    public OperatorUid {
        rules = rules.stream().sorted().toList();
    }

    /** Reads a uid; empty if it is not that of an operator of rules. */
    public static Optional<OperatorUid> parse(String uid) {
        if (!uid.startsWith("rule '") && !uid.startsWith("rules '")) {
            return Optional.empty();
        }
        List<String> rules = new ArrayList<>();
        Matcher rule = RULE.matcher(uid);
        int at = uid.indexOf('\'');
        while (rule.find(at) && rule.start() == at) {
            rules.add(rule.group(1).replace("''", "'"));
            at = rule.end();
            if (rule.group().endsWith(": ")) {
                Matcher rest = REST.matcher(uid.substring(at));
                return rest.matches()
                        ? Optional.of(
                                new OperatorUid(
                                        rules,
                                        rest.group(1),
                                        rest.group(2) == null ? "" : rest.group(2)))
                        : Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** The uid. State of earlier releases is found by it: its form must never change. */
    public String text() {
        StringBuilder text = new StringBuilder(rules.size() == 1 ? "rule " : "rules ");
        for (int i = 0; i < rules.size(); i++) {
            text.append(i == 0 ? "'" : ", '").append(rules.get(i).replace("'", "''")).append('\'');
        }
        text.append(": ").append(kind);
        return meaning.isEmpty() ? text.toString() : text + " #" + meaning;
    }
}
