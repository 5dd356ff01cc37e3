package io.millrace.rule.plan;

import io.millrace.common.DidYouMean;
import io.millrace.mqtt.MqttOptions;
import io.millrace.mqtt.client.TopicFilter;
import io.millrace.rule.payload.Origin;
import java.util.List;

/** Looks at the topics that a rule reads. For one rule. */
final class TopicInspection {
    /** So many letters may be wrong in a topic that is meant to be another. */
    private static final int TYPING_ERRORS = 2;

    private static final String CLIENT_ID = "clientid";

    private final Findings findings;
    private final RulePlanner planner;
    private final Rule rule;
    private final Planned planned;

    TopicInspection(Findings findings, RulePlanner planner, Rule rule, Planned planned) {
        this.findings = findings;
        this.planner = planner;
        this.rule = rule;
        this.planned = planned;
    }

    /**
     * Tells what it finds.
     *
     * @param declared the topics that the settings declare
     */
    void inspect(List<TopicNames.Found> topics, List<String> declared) {
        topics.stream()
                .filter(topic -> topic.declaration().isEmpty())
                .forEach(topic -> misspelt(topic.topic(), declared));
        topics.stream()
                .filter(TopicInspection::saysNothing)
                .findFirst()
                .ifPresent(topic -> clientId(topic.topic()));
    }

    /** Nobody knows all topics, but those that the settings declare are meant to be read. */
    private void misspelt(String topic, List<String> declared) {
        List<String> alike =
                declared.stream().filter(other -> numbers(other).equals(numbers(topic))).toList();
        DidYouMean.among(alike, topic, TYPING_ERRORS)
                .ifPresent(
                        meant ->
                                findings.warn(
                                        rule,
                                        Math.max(
                                                rule.statement().offset(),
                                                rule.statement().sql().indexOf(topic)),
                                        "The settings declare no topic '%s'. Did you mean '%s'?"
                                                .formatted(topic, meant)));
    }

    /** What tells lines and machines apart is no typing error. */
    private static String numbers(String topic) {
        return topic.replaceAll("\\D", "");
    }

    /** MQTT does not say who published, so the column may be NULL. */
    private void clientId(String topic) {
        for (int i = 0; i < planned.columns().size(); i++) {
            boolean used =
                    planner.origin(rule, planned, i)
                            .map(Origin::columns)
                            .filter(columns -> columns.contains(CLIENT_ID))
                            .isPresent();
            if (used) {
                findings.note(
                        rule,
                        planner.offset(rule, planned, i),
                        "clientid is NULL unless publishers set the user property 'clientid': MQTT does not tell who published, and topic '%s' has no + for it."
                                .formatted(topic),
                        "The connection's option 'clientid.from' can name another place.");
                return;
            }
        }
    }

    private static boolean saysNothing(TopicNames.Found topic) {
        String from =
                topic.table()
                        .getOptions()
                        .getOrDefault(
                                MqttOptions.CLIENTID_FROM.key(),
                                MqttOptions.CLIENTID_FROM.defaultValue());
        return from.equals(MqttOptions.CLIENTID_FROM.defaultValue())
                && TopicFilter.parse(topic.topic()).firstPlusLevel() == 0;
    }
}
