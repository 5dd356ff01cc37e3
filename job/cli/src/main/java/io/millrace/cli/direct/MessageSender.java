package io.millrace.cli.direct;

import io.millrace.mqtt.client.ConnectionSettings;
import io.millrace.mqtt.client.MqttFailure;
import io.millrace.mqtt.client.MqttPublisher;
import io.millrace.mqtt.client.MqttPublisherFactory;
import io.millrace.mqtt.client.MqttPublisherListener;
import io.millrace.mqtt.client.OutgoingMessage;
import io.millrace.mqtt.client.Publication;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Publishes messages one after the other, each until the broker says that it has it. Connects with
 * the first. For one thread.
 */
public final class MessageSender implements AutoCloseable {
    private final ConnectionSettings settings;
    private final MqttPublisherFactory publishers;
    private final String name;
    private MqttPublisher publisher;
    private long number;

    /** The answer to the message under way; completed by the client's threads. */
    private volatile CompletableFuture<MqttFailure> answer = new CompletableFuture<>();

    /**
     * @param name what the client id begins with
     */
    public MessageSender(
            ConnectionSettings settings, MqttPublisherFactory publishers, String name) {
        this.settings = settings;
        this.publishers = publishers;
        this.name = name;
    }

    /**
     * Connects, if that was not done before.
     *
     * @throws MqttFailure if the broker cannot be reached or does not let us in
     */
    public void connect() throws MqttFailure, InterruptedException {
        if (publisher == null) {
            publisher = publishers.create(settings, name + "-" + UUID.randomUUID(), new Listener());
            publisher.connect();
        }
    }

    /**
     * Publishes a message.
     *
     * @throws MqttFailure if the broker refuses it, or as {@link #connect} does
     * @throws IllegalStateException if the connection was lost or the broker does not answer
     */
    public void send(OutgoingMessage message) throws MqttFailure, InterruptedException {
        connect();
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
            throw refusal;
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
