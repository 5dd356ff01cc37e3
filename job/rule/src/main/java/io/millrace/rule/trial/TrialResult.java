package io.millrace.rule.trial;

import io.millrace.rule.plan.PlannedRule;
import java.util.List;
import java.util.Map;

/**
 * What came out of samples.
 *
 * @param messages a result for each, in their order
 * @param end what came when there was no further message, and time went to its end
 */
public record TrialResult(List<MessageResult> messages, MessageResult end) {
    public TrialResult {
        messages = List.copyOf(messages);
    }

    /**
     * What a message caused.
     *
     * @param sample null at the end
     * @param decoded the rows that topics have of it
     * @param undecodable why it is a dead letter of a topic
     * @param rules of the rules that read its topic, and of those that gave something
     */
    public record MessageResult(
            Sample sample,
            List<TrialEvent.Decoded> decoded,
            List<TrialEvent.Undecodable> undecodable,
            List<RuleResult> rules) {
        public MessageResult {
            decoded = List.copyOf(decoded);
            undecodable = List.copyOf(undecodable);
            rules = List.copyOf(rules);
        }
    }

    /** What became of a message in a rule. */
    public enum Outcome {
        /** It gives something: rows, statements, messages. */
        GIVES,
        /** Nothing but dead letters. */
        DEAD_LETTER,
        /** The topic's format could not read it. */
        UNDECODABLE,
        /** A condition does not hold. */
        FILTERED,
        /** The rule failed, as the running job would. */
        FAILS,
        /** It was not tried, since the rule had failed too often. */
        NOT_TRIED,
        /** The rule keeps it for later, or has nothing to say. */
        NOTHING_YET
    }

    /**
     * What a rule made of a message.
     *
     * @param given what it would write and which dead letters there are
     * @param conditions those that were asked
     * @param failure why it failed; null if it did not
     */
    public record RuleResult(
            PlannedRule rule,
            Outcome outcome,
            List<TrialEvent> given,
            List<Condition> conditions,
            RuleFailure failure) {
        public RuleResult {
            given = List.copyOf(given);
            conditions = List.copyOf(conditions);
        }
    }

    /**
     * A condition and what its parts were.
     *
     * @param parts {@code TRUE}, {@code FALSE}, {@code NULL} or {@code -}, by what is written
     * @param values by what is written; may be null
     */
    public record Condition(
            String clause, int line, Map<String, String> parts, Map<String, String> values) {
        /** Whether all parts hold. */
        public boolean holds() {
            return parts.values().stream()
                    .allMatch(value -> value.equals("TRUE") || value.equals("?"));
        }
    }

    /**
     * Why a rule failed.
     *
     * @param reason what went wrong
     * @param place where, as {@code file:line:column: text}; null if not known
     */
    public record RuleFailure(String reason, String place) {}
}
