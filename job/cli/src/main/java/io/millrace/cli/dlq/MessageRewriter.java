package io.millrace.cli.dlq;

import io.millrace.mqtt.client.ConnectionSettings;
import io.millrace.mqtt.client.MqttFailure;
import io.millrace.mqtt.client.MqttPublisher;
import io.millrace.mqtt.client.MqttPublisherFactory;
import io.millrace.mqtt.client.MqttPublisherListener;
import io.millrace.mqtt.client.OutgoingMessage;
import io.millrace.mqtt.client.Publication;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Publishes messages to their topics, each at QoS 1, whatever it came with, so that the broker says
 * that it has it.
 */
public final class MessageRewriter implements Rewriter {
    private final ConnectionSettings settings;
    private final MqttPublisherFactory publishers;
    private MqttPublisher publisher;
    private long number;

    /** The answer to the message under way; completed by the client's threads. */
    private volatile CompletableFuture<MqttFailure> answer = new CompletableFuture<>();

    public MessageRewriter(ConnectionSettings settings, MqttPublisherFactory publishers) {
        this.settings = settings;
        this.publishers = publishers;
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
        if (publisher == null) {
            publisher =
                    publishers.create(
                            settings, "millrace-dlq-" + UUID.randomUUID(), new Listener());
            publisher.connect();
        }
        CompletableFuture<MqttFailure> awaited = new CompletableFuture<>();
        answer = awaited;
        publisher.publish(List.of(new Publication(++number, message)));
        MqttFailure refusal;
        try {
            refusal = awaited.get(settings.operationTimeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException lost) {
            throw new IllegalStateException(lost.getCause().getMessage(), lost.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException(
                    "The broker does not answer for "
                            + settings.operationTimeout().toSeconds()
                            + " s.",
                    e);
        }
        if (refusal != null) {
            throw new LetterFailedException(refusal.getMessage(), refusal);
        }
    }

    private final class Listener implements MqttPublisherListener {
        @Override
        public void written(List<Publication> messages) {}

        @Override
        public void acknowledged(Publication message) {
            answer.complete(null);
        }

        @Override
        public void refused(Publication message, MqttFailure why) {
            answer.complete(why);
        }

        @Override
        public void lost(MqttFailure cause) {
            answer.completeExceptionally(cause);
        }
    }

    @Override
    public void close() {
        if (publisher != null) {
            publisher.close();
        }
    }
}
