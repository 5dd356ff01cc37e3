package io.millrace.cli.trial;

import io.millrace.rule.plan.PlannedRule;
import io.millrace.rule.trial.Trial;
import io.millrace.rule.trial.TrialEvent;
import io.millrace.rule.trial.TrialResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What came out of a trial, for machines. Stateless. */
public final class TrialJson {
    private TrialJson() {}

    /** One document. */
    public static String of(Trial trial, TrialResult result) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("rules", trial.rules().stream().map(TrialJson::rule).toList());
        document.put("assumedTables", trial.assumed());
        List<Object> messages = new ArrayList<>();
        for (TrialResult.MessageResult message : result.messages()) {
            Map<String, Object> told = new LinkedHashMap<>();
            told.put("message", Message.of(message.sample()).json());
            told.put("decoded", message.decoded());
            told.put("undecodable", message.undecodable());
            told.put("rules", message.rules().stream().map(TrialJson::result).toList());
            messages.add(told);
        }
        document.put("messages", messages);
        document.put("end", result.end().rules().stream().map(TrialJson::result).toList());
        return Json.document(document);
    }

    private static Map<String, Object> rule(PlannedRule rule) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("name", rule.name());
        told.put("target", rule.target());
        told.put("file", rule.file());
        told.put("line", rule.line());
        told.put("dialect", rule.dialect());
        told.put("topics", rule.topics());
        return told;
    }

    private static Map<String, Object> result(TrialResult.RuleResult result) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("rule", result.rule().name());
        told.put("outcome", camel(result.outcome()));
        List<Object> rows = new ArrayList<>();
        List<String> statements = new ArrayList<>();
        List<Object> published = new ArrayList<>();
        List<Object> letters = new ArrayList<>();
        for (TrialEvent event : result.given()) {
            if (event instanceof TrialEvent.Wrote wrote) {
                rows.addAll(wrote.rows());
                statements.add(wrote.statement());
            } else if (event instanceof TrialEvent.Executed executed) {
                statements.add(executed.statement());
            } else if (event instanceof TrialEvent.Published message) {
                published.add(message);
            } else if (event instanceof TrialEvent.Inserted inserted) {
                rows.add(inserted);
            } else if (event instanceof TrialEvent.Kept kept) {
                letters.add(kept);
            }
        }
        told.put("rows", rows);
        told.put("statements", statements);
        told.put("published", published);
        told.put("deadLetters", letters);
        told.put("conditions", result.conditions());
        told.put("failure", result.failure());
        return told;
    }

    private static String camel(TrialResult.Outcome outcome) {
        String[] words = outcome.name().toLowerCase(Locale.ROOT).split("_");
        StringBuilder text = new StringBuilder(words[0]);
        for (int i = 1; i < words.length; i++) {
            text.append(words[i].substring(0, 1).toUpperCase(Locale.ROOT))
                    .append(words[i].substring(1));
        }
        return text.toString();
    }
}
