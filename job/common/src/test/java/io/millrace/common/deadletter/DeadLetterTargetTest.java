package io.millrace.common.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeadLetterTargetTest {
    private static final DeadLetter LETTER =
            new DeadLetter(
                    Instant.parse("2026-01-02T03:04:05Z"),
                    "mqtt",
                    "no JSON",
                    Map.of("payload", new byte[] {0, 1}));

    @Test
    void keepsEachLetterAsAJsonLine(@TempDir Path folder) throws IOException {
        DeadLetterTarget target = DeadLetterTarget.parse("file://" + folder.resolve("dead"));
        try (DeadLetterWriter writer = target.open("mqtt-0")) {
            writer.write(LETTER);
            writer.write(LETTER);
            writer.flush();
            assertThat(lines(folder.resolve("dead")))
                    .hasSize(2)
                    .containsOnly(
                            "{\"at\":\"2026-01-02T03:04:05Z\",\"origin\":\"mqtt\","
                                    + "\"reason\":\"no JSON\",\"payload\":\"AAE=\"}");
        }
    }

    @Test
    void makesNoFileWithoutALetter(@TempDir Path folder) throws IOException {
        try (DeadLetterWriter writer = DeadLetterTarget.parse("file:" + folder).open("x")) {
            writer.flush();
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void failsOnTheFirstLetterWhenToldSo() {
        assertThatThrownBy(() -> DeadLetterTarget.parse("fail").open("x").write(LETTER))
                .isInstanceOf(DeadLetterException.class)
                .hasMessageContaining("no JSON");
    }

    @Test
    void saysWhatIsAllowed() {
        assertThatThrownBy(() -> DeadLetterTarget.parse("kafka:x"))
                .hasMessage(
                        "Dead-letter target 'kafka:x' is not known; allowed are"
                                + " 'file:/path' (a folder), 'log' or 'fail'.");
    }

    @Test
    void aConnectorAddsKindsOfItsOwn() {
        DeadLetterTarget own = new DeadLetterTarget.Log();
        DeadLetterTarget.Kind kind =
                new DeadLetterTarget.Kind("topic", "'topic:NAME' (an MQTT topic)", name -> own);

        assertThat(DeadLetterTarget.parse("topic:a/b", kind)).isSameAs(own);
        assertThat(DeadLetterTarget.parse("fail", kind)).isEqualTo(new DeadLetterTarget.Fail());
        assertThatThrownBy(() -> DeadLetterTarget.parse("kafka:x", kind))
                .hasMessage(
                        "Dead-letter target 'kafka:x' is not known; allowed are"
                                + " 'file:/path' (a folder), 'topic:NAME' (an MQTT topic), 'log' or 'fail'.");
        assertThatThrownBy(() -> DeadLetterTarget.parse("topic:a"))
                .hasMessageContaining("'topic:a' is not known");
    }

    private static List<String> lines(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return Files.readAllLines(files.findFirst().orElseThrow());
        }
    }
}
