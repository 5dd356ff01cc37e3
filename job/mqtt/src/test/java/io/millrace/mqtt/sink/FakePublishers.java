package io.millrace.mqtt.sink;

import io.millrace.mqtt.client.ConnectionSettings;
import io.millrace.mqtt.client.MqttFailure;
import io.millrace.mqtt.client.MqttPublisher;
import io.millrace.mqtt.client.MqttPublisherFactory;
import io.millrace.mqtt.client.MqttPublisherListener;
import io.millrace.mqtt.client.Publication;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A broker's side as a test wants it. */
final class FakePublishers implements MqttPublisherFactory {
    private static final long serialVersionUID = 1L;

    private final transient BlockingQueue<Publisher> made = new LinkedBlockingQueue<>();
    private final transient BlockingQueue<MqttFailure> refusals = new LinkedBlockingQueue<>();
    private volatile int receiveMaximum = 65_535;

    /** The next attempt to connect fails. */
    void refuse(MqttFailure failure) {
        refusals.add(failure);
    }

    /** What the next connections are told. */
    void setReceiveMaximum(int receiveMaximum) {
        this.receiveMaximum = receiveMaximum;
    }

    /** The next publisher that has connected; waits for it. */
    Publisher next() throws InterruptedException {
        Publisher publisher = made.poll(5, TimeUnit.SECONDS);
        if (publisher == null) {
            throw new AssertionError("no publisher was made");
        }
        return publisher;
    }

    @Override
    public MqttPublisher create(
            ConnectionSettings settings, String clientId, MqttPublisherListener listener) {
        return new Publisher(clientId, listener);
    }

    final class Publisher implements MqttPublisher {
        final String clientId;
        final MqttPublisherListener listener;
        private final BlockingQueue<Publication> published = new LinkedBlockingQueue<>();
        volatile boolean closed;

        Publisher(String clientId, MqttPublisherListener listener) {
            this.clientId = clientId;
            this.listener = listener;
        }

        @Override
        public Connected connect() throws MqttFailure {
            MqttFailure refusal = refusals.poll();
            if (refusal != null) {
                throw refusal;
            }
            made.add(this);
            return new Connected(receiveMaximum, Long.MAX_VALUE, "tcp://fake:1883");
        }

        @Override
        public void publish(List<Publication> messages) {
            published.addAll(messages);
            listener.written(messages);
        }

        /** The next message that came; waits for it. */
        Publication take() throws InterruptedException {
            Publication publication = published.poll(5, TimeUnit.SECONDS);
            if (publication == null) {
                throw new AssertionError("nothing was published");
            }
            return publication;
        }

        /** Waits for a message with this payload and acknowledges it. */
        void acknowledge(String payload) throws InterruptedException {
            Publication publication = take();
            String text = new String(publication.message().payload(), StandardCharsets.UTF_8);
            if (!text.equals(payload)) {
                throw new AssertionError("'" + text + "' came instead of '" + payload + "'");
            }
            listener.acknowledged(publication);
        }

        /** How many came and were not taken. */
        int waiting() {
            return published.size();
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
