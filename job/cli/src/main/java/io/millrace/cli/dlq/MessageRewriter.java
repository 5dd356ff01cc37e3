package io.millrace.cli.dlq;

import io.millrace.cli.direct.MessageSender;
import io.millrace.mqtt.client.ConnectionSettings;
import io.millrace.mqtt.client.MqttFailure;
import io.millrace.mqtt.client.MqttPublisherFactory;
import io.millrace.mqtt.client.OutgoingMessage;
import java.util.Base64;

/**
 * Publishes messages to their topics, each at QoS 1, whatever it came with, so that the broker says
 * that it has it.
 */
public final class MessageRewriter implements Rewriter {
    private final MessageSender sender;

    public MessageRewriter(ConnectionSettings settings, MqttPublisherFactory publishers) {
        sender = new MessageSender(settings, publishers, "millrace-dlq");
    }

    @Override
    public String write(Letter letter, boolean dryRun) throws Exception {
        String topic = letter.text("topic");
        OutgoingMessage message = message(letter, topic);
        if (!dryRun) {
            publish(message);
        }
        return message.payload().length + " bytes to " + topic;
    }

    private static OutgoingMessage message(Letter letter, String topic)
            throws LetterFailedException {
        String base64 = letter.text("payload_base64");
        if (topic.isEmpty() || !letter.members().containsKey("payload_base64")) {
            throw new LetterFailedException("The letter has no message.", null);
        }
        try {
            return OutgoingMessage.to(topic)
                    .payload(Base64.getDecoder().decode(base64))
                    .qos(1)
                    .retain(Boolean.TRUE.equals(letter.members().get("retain")))
                    .build();
        } catch (IllegalArgumentException e) {
            throw new LetterFailedException(e.getMessage(), e);
        }
    }

    private void publish(OutgoingMessage message) throws Exception {
        // That there is no broker is no fault of the letter's.
        sender.connect();
        try {
            sender.send(message);
        } catch (MqttFailure refusal) {
            throw new LetterFailedException(refusal.getMessage(), refusal);
        }
    }

    @Override
    public void close() {
        sender.close();
    }
}
