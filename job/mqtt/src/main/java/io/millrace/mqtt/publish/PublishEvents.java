package io.millrace.mqtt.publish;

import io.millrace.mqtt.client.OutgoingMessage;

/** Told what becomes of messages; called by one thread at a time, which must not be held up. */
public interface PublishEvents {
    /** The broker has a message; {@code millis} is how long that took after it was sent. */
    void delivered(OutgoingMessage message, long millis);

    /** A message is sent once more. */
    void repeated();

    /** A QoS 0 message may have been lost with its connection. */
    void uncertain();

    /** {@link Outbox#takeRefused} or {@link Outbox#throwIfFailed} has something to say. */
    void news();

    /** Tells nobody. */
    PublishEvents NONE =
            new PublishEvents() {
                @Override
                public void delivered(OutgoingMessage message, long millis) {}

                @Override
                public void repeated() {}

                @Override
                public void uncertain() {}

                @Override
                public void news() {}
            };
}
