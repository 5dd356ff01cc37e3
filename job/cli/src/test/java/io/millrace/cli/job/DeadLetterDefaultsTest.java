package io.millrace.cli.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cli.state.JobFolder;
import io.millrace.rule.Settings;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeadLetterDefaultsTest {
    private final JobFolder folder = JobFolder.of(Path.of("/state"), "job");

    @Test
    void sendsDeadLettersOfEachConnectionToTheJobsFolder() {
        Settings settings =
                Settings.empty()
                        .withConnection("a", Map.of("type", "mqtt"))
                        .withConnection("b", Map.of("type", "tdengine"));

        assertThat(DeadLetterDefaults.in(folder, settings).connections())
                .containsEntry(
                        "a",
                        Map.of(
                                "type",
                                "mqtt",
                                "scan.dead-letter",
                                "file:/state/job/dead-letters",
                                "sink.dead-letter",
                                "file:/state/job/dead-letters"))
                .containsEntry(
                        "b",
                        Map.of(
                                "type",
                                "tdengine",
                                "sink.dead-letter",
                                "file:/state/job/dead-letters"));
    }

    @Test
    void leavesAChoiceOfTheUserAlone() {
        Settings settings =
                Settings.empty()
                        .withConnection(
                                "a",
                                Map.of(
                                        "type",
                                        "mqtt",
                                        "scan.dead-letter",
                                        "log",
                                        "sink.dead-letter",
                                        "fail"));

        assertThat(DeadLetterDefaults.in(folder, settings)).isEqualTo(settings);
    }
}
