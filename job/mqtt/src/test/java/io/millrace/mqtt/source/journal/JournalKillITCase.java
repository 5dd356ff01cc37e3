package io.millrace.mqtt.source.journal;

import static io.millrace.mqtt.source.journal.JournalMessages.message;
import static io.millrace.mqtt.source.journal.JournalMessages.positions;
import static io.millrace.mqtt.source.journal.JournalMessages.range;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that writes a journal is killed. */
class JournalKillITCase {
    private static final int ROUNDS = 3;

    @TempDir Path folder;

    @Test
    void whatAKilledProcessCommittedIsThere() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            long committed = writeUntilKilled(200 + 37 * round);
            try (Journal journal = open(folder)) {
                assertThat(positions(journal)).startsWith(range(1, committed));
                assertThat(journal.attempt()).isEqualTo(2L * round + 2);
            }
        }
    }

    /** Returns the last position that the process said it had committed. */
    private long writeUntilKilled(int commits) throws Exception {
        Path said = folder.resolve("said");
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                JournalKillITCase.class.getName(),
                                folder.toString())
                        .redirectOutput(said.toFile())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try {
            await().atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> lines(said).size() >= commits);
        } finally {
            process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }
        List<String> lines = lines(said);
        return Long.parseLong(lines.get(lines.size() - 1));
    }

    /** The lines that are whole. */
    private static List<String> lines(Path said) throws IOException {
        String text = Files.readString(said);
        return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    }

    private static Journal open(Path folder) throws IOException {
        return Journal.open(
                new LocalStorage(folder), InstantSource.system(), Duration.ofDays(1), 10_000, 0);
    }

    /** The process. */
    public static void main(String[] arguments) throws Exception {
        try (Journal journal = open(Path.of(arguments[0]))) {
            while (true) {
                long position = 0;
                for (int i = 0; i < 5; i++) {
                    position = journal.append(message("x")).position();
                }
                journal.commit();
                System.out.print(position + "\n");
                System.out.flush();
            }
        }
    }
}
