package io.millrace.rule.operator;

import io.millrace.common.deadletter.DeadLetter;
import io.millrace.mqtt.publish.LetterTexts;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Makes dead letters of messages that a rule has no row for. They hold the message, since that is
 * what can be tried again when the rule or the table was corrected.
 */
final class RuleLetters {
    private final String rule;

    RuleLetters(String rule) {
        this.rule = rule;
    }

    /** The rule failed. */
    String failed(String reason, MessageColumns message) {
        return letter(reason, new LinkedHashMap<>(), message);
    }

    /** A value of the rule's output does not fit. */
    String misfit(MisfitException misfit, MessageColumns message) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("column", misfit.column());
        details.put("value", misfit.value());
        return letter(misfit.getMessage(), details, message);
    }

    private String letter(String reason, Map<String, Object> more, MessageColumns message) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("rule", rule);
        details.putAll(more);
        details.put("topic", message.topic());
        if (message.clientId() != null) {
            details.put("clientid", message.clientId());
        }
        if (message.receivedAt != null) {
            details.put("received_at", message.receivedAt.toInstant().toString());
        }
        details.put("payload", LetterTexts.payload(message.payload()));
        details.put("payload_base64", message.payload());
        return new DeadLetter(
                        Instant.now(), "rule", "Rule '%s': %s".formatted(rule, reason), details)
                .json();
    }
}
