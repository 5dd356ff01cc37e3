package io.millrace.mqtt.source.reader;

import io.millrace.mqtt.client.ReceivedMessage;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Finds retained messages that come again only because a session subscribed again, which MQTT 3.1.1
 * cannot suppress (MQTT 5 can). A message that was not seen by this object is never taken for a
 * repeat, so after a restart of the job each retained message comes once more. Not thread-safe.
 */
final class RetainedRepeats {
    /** Beyond that, repeats go through: better twice than out of memory. */
    private static final int MAX_TOPICS = 100_000;

    /** What was retained on a topic, and which connection brought it. */
    private record Seen(int epoch, int payloadLength, int payloadHash) {}

    private final Map<String, Seen> seen = new HashMap<>();

    boolean isRepeat(ReceivedMessage message) {
        if (!message.retained() || message.repeated()) {
            return false;
        }
        Seen now =
                new Seen(
                        message.epoch(),
                        message.payload().length,
                        Arrays.hashCode(message.payload()));
        Seen before = seen.get(message.topic());
        if (before == null && seen.size() >= MAX_TOPICS) {
            return false;
        }
        seen.put(message.topic(), now);
        return before != null
                && before.epoch != now.epoch
                && before.payloadLength == now.payloadLength
                && before.payloadHash == now.payloadHash;
    }
}
