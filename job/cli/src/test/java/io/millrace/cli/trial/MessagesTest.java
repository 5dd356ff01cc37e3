package io.millrace.cli.trial;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.rule.RuleException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MessagesTest {
    @TempDir private Path folder;

    private List<Message> read(String... lines) throws IOException {
        Path file = folder.resolve("messages.jsonl");
        Files.write(file, List.of(lines));
        return Messages.read(file);
    }

    private static String payload(Message message) {
        return new String(message.payload(), UTF_8);
    }

    @Test
    void readsMessagesWithAllThatIsSaidOfThem() throws IOException {
        Message message =
                read("{\"topic\": \"a/b\", \"payload\": {\"t\": 1.50}, \"qos\": 0, \"retain\": true,"
                                + " \"receivedAt\": \"2026-01-01T12:00:00+01:00\", \"clientid\": \"d7\","
                                + " \"userProperties\": {\"k\": \"v\"}, \"messageExpiry\": 9}")
                        .get(0);

        assertThat(message.topic()).isEqualTo("a/b");
        assertThat(payload(message)).startsWith("{\"t\":1.5");
        assertThat(message.qos()).isZero();
        assertThat(message.retain()).isTrue();
        assertThat(message.receivedAt()).isEqualTo(Instant.parse("2026-01-01T11:00:00Z"));
        assertThat(message.clientid()).isEqualTo("d7");
        assertThat(message.userProperties()).isEqualTo(Map.of("k", "v"));
        assertThat(message.messageExpiry()).isEqualTo(9);
    }

    @Test
    void takesAnyOtherLineForAPayload() throws IOException {
        List<Message> messages =
                read("{\"temp\": 23}", "", "plain text", "{\"payload\": 1, \"temp\": 2}", "[1]");

        assertThat(messages)
                .extracting(MessagesTest::payload)
                .containsExactly(
                        "{\"temp\": 23}", "plain text", "{\"payload\": 1, \"temp\": 2}", "[1]");
    }

    @Test
    void readsWhatItWrites() throws IOException {
        Path file = folder.resolve("copy.jsonl");
        Message bytes =
                new Message(
                        "a",
                        new byte[] {(byte) 0xff, 0},
                        0,
                        true,
                        Instant.EPOCH,
                        null,
                        Map.of("k", "v"),
                        "text/plain",
                        "r",
                        new byte[] {1},
                        5L);
        Messages.write(file, List.of(bytes, Message.payload("\"23\""), Message.payload("x y")));

        List<Message> again = Messages.read(file);
        assertThat(again.get(0)).usingRecursiveComparison().isEqualTo(bytes);
        assertThat(payload(again.get(1))).isEqualTo("\"23\"");
        assertThat(payload(again.get(2))).isEqualTo("x y");
    }

    @Test
    void saysWhichLineIsWrong() {
        assertThatThrownBy(() -> read("{\"payload\": 1}", "{\"payload\": 1, \"qos\": 3}"))
                .isInstanceOf(RuleException.class)
                .hasMessageContaining("messages.jsonl:2: 'qos' is 3; allowed are 0, 1 and 2.");
        assertThatThrownBy(() -> read("{\"payload\": 1, \"receivedAt\": \"noon\"}"))
                .hasMessageContaining("messages.jsonl:1: 'receivedAt' is 'noon'");
        assertThatThrownBy(() -> read("")).hasMessageContaining("has no message");
    }
}
