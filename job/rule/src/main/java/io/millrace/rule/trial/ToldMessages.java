package io.millrace.rule.trial;

import io.millrace.common.deadletter.DeadLetter;
import io.millrace.mqtt.client.OutgoingMessage;
import io.millrace.mqtt.publish.LetterTexts;
import io.millrace.mqtt.sink.PublishRehearsal;
import java.util.LinkedHashMap;
import java.util.Map;

/** Tells what a rule would publish. */
record ToldMessages(TrialLog log, String rule) implements PublishRehearsal {
    private static final long serialVersionUID = 1L;

    @Override
    public void publishes(OutgoingMessage message) {
        Map<String, String> properties = new LinkedHashMap<>();
        message.properties()
                .userProperties()
                .forEach(property -> properties.put(property.getKey(), property.getValue()));
        log.write(
                new TrialEvent.Published(
                        rule,
                        message.topic(),
                        LetterTexts.payload(message.payload()),
                        message.payload(),
                        message.qos(),
                        message.retain(),
                        properties));
    }

    @Override
    public void keeps(DeadLetter letter) {
        log.write(new TrialEvent.Kept(rule, letter.origin(), letter.reason(), letter.details()));
    }
}
