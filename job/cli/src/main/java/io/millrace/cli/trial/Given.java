package io.millrace.cli.trial;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.rule.trial.TrialEvent;
import io.millrace.rule.trial.TrialResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Something that a rule gave, as expectations name it.
 *
 * @param rule the rule's name
 * @param place the most telling of its names: {@code database.table} or a topic
 * @param names all names that it can be expected under: of the rule, of its table or topic
 * @param values by column; of a message {@code topic} and {@code payload}
 */
record Given(String rule, String place, Set<String> names, Map<String, Object> values) {
    private static final String SUB_TABLE = "tbname";

    /** All that rules gave, in order; without dead letters. */
    static List<Given> of(TrialResult result) {
        List<Given> all = new ArrayList<>();
        List<TrialResult.MessageResult> steps = new ArrayList<>(result.messages());
        steps.add(result.end());
        for (TrialResult.MessageResult step : steps) {
            for (TrialResult.RuleResult rule : step.rules()) {
                rule.given().forEach(event -> add(all, rule, event));
            }
        }
        return all;
    }

    private static void add(List<Given> all, TrialResult.RuleResult rule, TrialEvent event) {
        String target = rule.rule().target();
        String name = rule.rule().name();
        if (event instanceof TrialEvent.Wrote wrote) {
            wrote.rows().forEach(row -> all.add(row(name, target, row)));
        } else if (event instanceof TrialEvent.Published published) {
            Map<String, Object> values = new LinkedHashMap<>();
            values.put("topic", published.topic());
            JsonNode payload = Message.readable(published.payloadBase64());
            values.put("payload", payload == null ? published.payloadBase64() : payload);
            if (published.retain()) {
                values.put("retain", true);
            }
            all.add(
                    new Given(
                            name,
                            published.topic(),
                            names(name, target, published.topic()),
                            values));
        } else if (event instanceof TrialEvent.Inserted inserted) {
            Map<String, Object> values = new LinkedHashMap<>(inserted.values());
            if (!inserted.kind().equals("+I")) {
                values.put("kind", inserted.kind());
            }
            all.add(new Given(name, target, names(name, target), values));
        } else if (event instanceof TrialEvent.Executed executed
                && executed.statement().startsWith("DELETE")) {
            all.add(
                    new Given(
                            name,
                            target,
                            names(name, target),
                            Map.of("statement", executed.statement())));
        }
    }

    private static Given row(String rule, String target, TrialEvent.Row row) {
        Map<String, Object> values = new LinkedHashMap<>();
        boolean subTable = row.superTable() != null;
        if (subTable) {
            values.put(SUB_TABLE, row.table());
        }
        values.putAll(row.values());
        String table = subTable ? row.superTable() : row.table();
        return new Given(
                rule,
                row.database() + "." + table,
                names(rule, target, row.database() + "." + table, table, row.table()),
                values);
    }

    private static Set<String> names(String... names) {
        return new LinkedHashSet<>(List.of(names));
    }

    /** The dead letters' reasons, in order, those of topics too. */
    static List<String> letters(TrialResult result) {
        List<String> reasons = new ArrayList<>();
        List<TrialResult.MessageResult> steps = new ArrayList<>(result.messages());
        steps.add(result.end());
        for (TrialResult.MessageResult step : steps) {
            step.undecodable().forEach(letter -> reasons.add(letter.reason()));
            for (TrialResult.RuleResult rule : step.rules()) {
                rule.given().stream()
                        .filter(TrialEvent.Kept.class::isInstance)
                        .forEach(event -> reasons.add(((TrialEvent.Kept) event).reason()));
            }
        }
        return reasons;
    }

    /** Why rules failed, in order. */
    static List<String> failures(TrialResult result) {
        List<String> reasons = new ArrayList<>();
        List<TrialResult.MessageResult> steps = new ArrayList<>(result.messages());
        steps.add(result.end());
        for (TrialResult.MessageResult step : steps) {
            for (TrialResult.RuleResult rule : step.rules()) {
                if (rule.failure() != null) {
                    reasons.add(
                            "Rule '%s': %s".formatted(rule.rule().name(), rule.failure().reason()));
                }
            }
        }
        return reasons;
    }
}
