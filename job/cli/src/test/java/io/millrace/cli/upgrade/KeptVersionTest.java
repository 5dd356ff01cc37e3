package io.millrace.cli.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cli.state.JobFolder;
import io.millrace.rule.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptVersionTest {
    @TempDir private Path folder;

    @Test
    void givesBackWhatAJobWasStartedWith() throws IOException {
        Path first = rule("a", "INSERT 1");
        Path second = rule("b", "INSERT 2");
        Settings settings =
                Settings.read(
                        Files.writeString(
                                folder.resolve("m.yaml"),
                                """
                                job: {name: plant 7}
                                connections:
                                  mqtt: {type: mqtt, url: "tcp://b:1883", password: "${env.P}"}
                                topics:
                                  "a/+":
                                    columns: {t: "DECIMAL(10, 2)", at: TIMESTAMP_LTZ(3)}
                                    event-time: at
                                    watermark: at - INTERVAL '5' SECOND
                                  "b/#": {payload: STRING, format: raw}
                                flink: {execution.checkpointing.interval: 200 ms}
                                """));
        KeptVersion kept = KeptVersion.of(JobFolder.of(folder, "plant 7"));
        assertThat(kept.files()).isEmpty();
        assertThat(kept.isOf("a1")).isFalse();
        kept.keep(settings, List.of(second, first, second), "a0");
        kept.keep(settings, List.of(first, second), "a1");

        assertThat(kept.isOf("b2")).as("another job's version is none to go back to").isFalse();
        assertThat(kept.isOf("a1")).isTrue();
        kept.runsAs("b2");
        assertThat(kept.isOf("b2")).isTrue();
        assertThat(kept.files())
                .extracting(file -> file.getFileName() + ":" + Files.readString(file))
                .containsExactly("rule.sql:INSERT 1", "rule.sql:INSERT 2");
        Settings again = kept.settings().orElseThrow();
        assertThat(KeptVersion.yaml(again)).isEqualTo(KeptVersion.yaml(settings));
        assertThat(again.connections()).isEqualTo(settings.connections());
        assertThat(again.topics().get(0).columns()).isEqualTo(settings.topics().get(0).columns());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kept.folder())))
                .isEqualTo("rwx------");
    }

    private Path rule(String name, String text) throws IOException {
        return Files.writeString(
                Files.createDirectory(folder.resolve(name)).resolve("rule.sql"), text);
    }
}
