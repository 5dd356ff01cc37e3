package io.millrace.mqtt.source.reader;

import io.millrace.mqtt.client.ReceivedMessage;
import java.util.List;

/** Where the task's thread takes a session's messages from. Thread-safe. */
interface Inbox {
    /** Takes all messages that wait, in order; none while they are held. */
    List<ReceivedMessage> take();

    /** Whether {@link #take} would bring messages. */
    boolean isReady();

    /** Whether nothing may be emitted, since it is not yet known whether it comes again. */
    boolean isHeld();

    /** Whether the message must not be emitted, since it comes again or has come already. */
    boolean isRepeated(ReceivedMessage message);

    /** How many messages wait to be taken. */
    int waiting();
}
