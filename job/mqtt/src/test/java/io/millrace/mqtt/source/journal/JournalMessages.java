package io.millrace.mqtt.source.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.mqtt.client.MessageProperties;
import io.millrace.mqtt.client.ReceivedMessage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** Messages for tests of the journal, and what comes out of it. */
final class JournalMessages {
    private JournalMessages() {}

    static ReceivedMessage message(String payload) {
        return new ReceivedMessage(
                3, 7, "t", payload.getBytes(UTF_8), 1, false, false, 1_000, MessageProperties.NONE);
    }

    /** Appends messages and commits them together. */
    static void write(Journal journal, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            journal.append(message("?"));
        }
        journal.commit();
    }

    /** All that a journal replays. */
    static List<Long> positions(Journal journal) throws IOException {
        try (Replay replay = journal.replay()) {
            List<Long> positions = new ArrayList<>();
            while (!replay.isOver()) {
                replay.next(7, 10_000).forEach(message -> positions.add(message.position()));
            }
            return positions;
        }
    }

    static Long[] range(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toArray(Long[]::new);
    }
}
