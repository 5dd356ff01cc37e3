package io.millrace.mqtt.publish;

import io.millrace.common.deadletter.DeadLetter;
import io.millrace.common.deadletter.DeadLetterWriter;
import io.millrace.mqtt.client.MqttFailure;
import io.millrace.mqtt.client.MqttPublisherFactory;
import io.millrace.mqtt.client.OutgoingMessage;
import java.io.IOException;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes dead letters to a topic at QoS 1, over a connection of its own that is made with the
 * first letter. A broker that is away holds the checkpoint up. A letter that the broker refuses,
 * most often since it is too long for it, is sent without its copies of the payload; if the broker
 * refuses that too, the job fails.
 */
final class TopicDeadLetters implements DeadLetterWriter {
    private static final Logger LOG = LoggerFactory.getLogger(TopicDeadLetters.class);
    private static final long WAIT_MILLIS = 1_000;

    /** What makes a letter longer than the message it is about. */
    private static final List<String> PAYLOADS = List.of("payload", "payload_base64");

    private final String topic;
    private final PublishSettings settings;
    private final MqttPublisherFactory publishers;
    private final String clientId;
    private final Map<OutgoingMessage, DeadLetter> whole = new IdentityHashMap<>();
    private Outbox outbox;
    private PublishSession session;

    TopicDeadLetters(
            String topic, PublishSettings settings, MqttPublisherFactory publishers, String owner) {
        this.topic = topic;
        this.settings = settings;
        this.publishers = publishers;
        this.clientId = settings.clientIdPrefix() + "-letters-" + owner;
    }

    @Override
    public void write(DeadLetter letter) throws IOException {
        if (session == null) {
            outbox = new Outbox(settings, PublishEvents.NONE);
            session = new PublishSession(settings, clientId, publishers, outbox);
            session.start();
        }
        await(Outbox::awaitRoom);
        OutgoingMessage message = message(letter);
        whole.put(message, letter);
        outbox.put(message);
    }

    private OutgoingMessage message(DeadLetter letter) {
        return OutgoingMessage.to(topic).payload(letter.json()).build();
    }

    @Override
    public void flush() throws IOException {
        if (session != null) {
            await(Outbox::awaitEmpty);
            whole.clear();
        }
    }

    private interface Wait {
        boolean on(Outbox outbox, long millis) throws MqttFailure, InterruptedException;
    }

    private void await(Wait wait) throws IOException {
        try {
            boolean done;
            do {
                shortenRefused();
                done = wait.on(outbox, WAIT_MILLIS);
            } while (!done || outbox.hasRefused());
        } catch (MqttFailure e) {
            throw new IOException(
                    "Dead letters cannot be published to '" + topic + "': " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while dead letters were published", e);
        }
    }

    private void shortenRefused() throws IOException {
        Outbox.Refused refused = outbox.takeRefused();
        if (refused == null) {
            return;
        }
        DeadLetter letter = whole.remove(refused.message());
        if (letter == null || PAYLOADS.stream().noneMatch(letter.details()::containsKey)) {
            throw new IOException(
                    "A dead letter cannot be published to '"
                            + topic
                            + "': "
                            + refused.reason()
                            + " Change that or keep dead letters elsewhere ('file:/path').");
        }
        LOG.warn(
                "A dead letter is published to '{}' without its payload, since as a whole it is refused: {}",
                topic,
                refused.reason());
        outbox.put(message(withoutPayload(letter)));
    }

    private static DeadLetter withoutPayload(DeadLetter letter) {
        Map<String, Object> details = new LinkedHashMap<>(letter.details());
        PAYLOADS.forEach(details::remove);
        details.put("payload_left_out", true);
        return new DeadLetter(letter.at(), letter.origin(), letter.reason(), details);
    }

    @Override
    public void close() {
        if (session != null) {
            session.close();
        }
    }
}
