package io.millrace.rule.trial;

import io.millrace.rule.plan.PlannedRule;
import io.millrace.rule.plan.Probe;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Sorts what happened by message and rule. Used by one thread. */
final class TrialReport {
    /** The number of what comes after the last message. */
    static final int END = -1;

    private final List<Sample> samples;
    private final List<PlannedRule> rules;
    private final Function<PlannedRule, List<Probe>> probes;
    private final Map<Integer, List<TrialEvent>> topics = new HashMap<>();
    private final Map<Integer, Map<PlannedRule, List<TrialEvent>>> given = new HashMap<>();
    private final Map<Integer, Map<PlannedRule, TrialResult.RuleFailure>> failures =
            new HashMap<>();
    private final Map<PlannedRule, Integer> notTriedFrom = new HashMap<>();

    TrialReport(
            List<Sample> samples,
            List<PlannedRule> rules,
            Function<PlannedRule, List<Probe>> probes) {
        this.samples = samples;
        this.rules = rules;
        this.probes = probes;
    }

    /** Adds what happened while some of the rules ran. */
    void add(List<PlannedRule> ran, List<TrialEvent> events) {
        Map<Integer, Set<TrialEvent>> seen = new HashMap<>();
        Integer message = null;
        for (TrialEvent event : events) {
            if (event instanceof TrialEvent.Began began) {
                message = began.message();
            } else if (event instanceof TrialEvent.AllRead) {
                message = END;
            } else if (event instanceof TrialEvent.Decoded
                    || event instanceof TrialEvent.Undecodable) {
                seen.computeIfAbsent(message, number -> new LinkedHashSet<>()).add(event);
            } else {
                ruleOf(ran, event, message);
            }
        }
        // A topic that several runs, or several rules, read is told once.
        seen.forEach(
                (number, decoded) -> {
                    List<TrialEvent> known =
                            topics.computeIfAbsent(number, any -> new ArrayList<>());
                    decoded.stream().filter(event -> !known.contains(event)).forEach(known::add);
                });
    }

    private void ruleOf(List<PlannedRule> ran, TrialEvent event, int message) {
        String name = name(event);
        for (PlannedRule rule : ran) {
            // A table that is no rule's own is called by its own name.
            if (rule.name().equals(name) || rule.target().endsWith(name)) {
                given.computeIfAbsent(message, number -> new HashMap<>())
                        .computeIfAbsent(rule, any -> new ArrayList<>())
                        .add(event);
                return;
            }
        }
    }

    private static String name(TrialEvent event) {
        if (event instanceof TrialEvent.Wrote wrote) {
            return wrote.rule();
        }
        if (event instanceof TrialEvent.Executed executed) {
            return executed.rule();
        }
        if (event instanceof TrialEvent.Published published) {
            return published.rule();
        }
        if (event instanceof TrialEvent.Inserted inserted) {
            return inserted.rule();
        }
        if (event instanceof TrialEvent.Kept kept) {
            return kept.rule();
        }
        return event instanceof TrialEvent.Asked asked ? asked.rule() : "";
    }

    /** A rule failed on a message. */
    void failed(PlannedRule rule, int message, TrialResult.RuleFailure failure) {
        failures.computeIfAbsent(message, number -> new HashMap<>()).put(rule, failure);
    }

    /** Rules were not given the messages from a number on. */
    void notTried(List<PlannedRule> ran, int from) {
        ran.forEach(rule -> notTriedFrom.put(rule, from));
    }

    TrialResult result() {
        List<TrialResult.MessageResult> messages = new ArrayList<>();
        for (int i = 0; i < samples.size(); i++) {
            messages.add(message(i, samples.get(i)));
        }
        return new TrialResult(messages, message(END, null));
    }

    private TrialResult.MessageResult message(int number, Sample sample) {
        List<TrialEvent.Decoded> decoded = new ArrayList<>();
        List<TrialEvent.Undecodable> undecodable = new ArrayList<>();
        for (TrialEvent event : topics.getOrDefault(number, List.of())) {
            if (event instanceof TrialEvent.Decoded row) {
                decoded.add(row);
            } else if (event instanceof TrialEvent.Undecodable letter) {
                undecodable.add(letter);
            }
        }
        List<TrialResult.RuleResult> results = new ArrayList<>();
        for (PlannedRule rule : rules) {
            List<TrialEvent> events =
                    given.getOrDefault(number, Map.of()).getOrDefault(rule, List.of());
            TrialResult.RuleFailure failure = failures.getOrDefault(number, Map.of()).get(rule);
            boolean concerned = sample != null && Trial.reads(rule, sample);
            if (concerned || failure != null || !outputs(events).isEmpty()) {
                boolean tried =
                        number == END
                                || number < notTriedFrom.getOrDefault(rule, Integer.MAX_VALUE);
                results.add(result(rule, events, undecodable, failure, tried));
            }
        }
        return new TrialResult.MessageResult(sample, decoded, undecodable, results);
    }

    private static List<TrialEvent> outputs(List<TrialEvent> events) {
        return events.stream().filter(event -> !(event instanceof TrialEvent.Asked)).toList();
    }

    private TrialResult.RuleResult result(
            PlannedRule rule,
            List<TrialEvent> events,
            List<TrialEvent.Undecodable> undecodable,
            TrialResult.RuleFailure failure,
            boolean tried) {
        List<TrialEvent> outputs = outputs(events);
        List<TrialResult.Condition> conditions = conditions(rule, events);
        TrialResult.Outcome outcome;
        if (failure != null) {
            outcome = TrialResult.Outcome.FAILS;
        } else if (!tried) {
            outcome = TrialResult.Outcome.NOT_TRIED;
        } else if (!outputs.isEmpty()) {
            outcome =
                    outputs.stream().allMatch(TrialEvent.Kept.class::isInstance)
                            ? TrialResult.Outcome.DEAD_LETTER
                            : TrialResult.Outcome.GIVES;
        } else if (undecodable.stream()
                .anyMatch(letter -> rule.topics().contains(letter.filter()))) {
            outcome = TrialResult.Outcome.UNDECODABLE;
        } else if (filters(conditions)) {
            outcome = TrialResult.Outcome.FILTERED;
        } else {
            outcome = TrialResult.Outcome.NOTHING_YET;
        }
        return new TrialResult.RuleResult(rule, outcome, outputs, conditions, failure);
    }

    /** Whether there is a condition that holds for no row that it was asked of. */
    private static boolean filters(List<TrialResult.Condition> conditions) {
        return conditions.stream()
                .anyMatch(
                        condition ->
                                conditions.stream()
                                        .filter(
                                                other ->
                                                        other.line() == condition.line()
                                                                && other.clause()
                                                                        .equals(condition.clause()))
                                        .noneMatch(TrialResult.Condition::holds));
    }

    private List<TrialResult.Condition> conditions(PlannedRule rule, List<TrialEvent> events) {
        List<TrialResult.Condition> conditions = new ArrayList<>();
        for (TrialEvent event : events) {
            if (event instanceof TrialEvent.Asked asked) {
                Probe probe = probes.apply(rule).get(asked.probe());
                int parts = probe.parts().size();
                conditions.add(
                        new TrialResult.Condition(
                                probe.clause(),
                                probe.line(),
                                byText(probe.parts(), asked.texts().subList(0, parts)),
                                byText(
                                        probe.values(),
                                        asked.texts().subList(parts, asked.texts().size()))));
            }
        }
        return conditions;
    }

    private static Map<String, String> byText(List<String> texts, List<String> values) {
        Map<String, String> byText = new LinkedHashMap<>();
        for (int i = 0; i < texts.size(); i++) {
            byText.put(texts.get(i), values.get(i));
        }
        return byText;
    }
}
