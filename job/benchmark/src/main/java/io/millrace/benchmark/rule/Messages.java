package io.millrace.benchmark.rule;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Locale;
import java.util.stream.IntStream;

/** Messages in memory: a thousand devices that send 40 bytes each. */
final class Messages {
    static final int COUNT = 1_000;

    private Messages() {}

    /** A message as it comes from a client. */
    record Message(String topic, byte[] payload) {
        /** The device in the topic. */
        String clientId() {
            int begin = topic.indexOf('/') + 1;
            return topic.substring(begin, topic.indexOf('/', begin));
        }
    }

    static Message[] all() {
        return IntStream.range(0, COUNT).mapToObj(Messages::message).toArray(Message[]::new);
    }

    private static Message message(int i) {
        String payload =
                String.format(
                        Locale.ROOT,
                        "{\"temp\":%d.%d,\"hum\":%d.%d,\"seq\":%d}",
                        10 + i % 30,
                        i % 10,
                        30 + i % 60,
                        i % 7,
                        100_000_000 + i);
        return new Message("devices/c" + i + "/temp_hum", payload.getBytes(UTF_8));
    }
}
