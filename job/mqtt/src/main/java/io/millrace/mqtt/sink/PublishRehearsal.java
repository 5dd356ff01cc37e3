package io.millrace.mqtt.sink;

import io.millrace.common.deadletter.DeadLetter;
import io.millrace.mqtt.client.OutgoingMessage;
import java.io.IOException;
import java.io.Serializable;

/** Is told what a sink would publish, instead of a broker. Called by one thread at a time. */
public interface PublishRehearsal extends Serializable {
    /** A message that would be published. */
    void publishes(OutgoingMessage message) throws IOException;

    /** A record that is no message. */
    void keeps(DeadLetter letter) throws IOException;
}
