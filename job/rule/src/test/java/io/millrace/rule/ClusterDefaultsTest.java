package io.millrace.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.junit.jupiter.api.Test;

class ClusterDefaultsTest {
    private static final Map<String, String> SHARED =
            Map.of("execution.checkpointing.dir", "file:///mnt/flink/checkpoints");

    private static Settings settings(Map<String, String> flink) {
        return Settings.empty()
                .withConnection("mqtt", Map.of("type", "mqtt", "scan.dead-letter", "fail"))
                .withConnection("db", Map.of("type", "tdengine"))
                .withFlink(flink);
    }

    private static Duration interval(ClusterDefaults defaults) {
        return defaults.configuration().get(CheckpointingOptions.CHECKPOINTING_INTERVAL);
    }

    @Test
    void theUserWinsOverTheClusterAndTheClusterOverTheDefaults() {
        String key = "execution.checkpointing.interval";
        assertThat(interval(ClusterDefaults.of(Map.of(), settings(Map.of()))))
                .isEqualTo(Duration.ofMillis(200));
        assertThat(interval(ClusterDefaults.of(Map.of(key, "3 s"), settings(Map.of()))))
                .isEqualTo(Duration.ofSeconds(3));
        assertThat(interval(ClusterDefaults.of(Map.of(key, "3 s"), settings(Map.of(key, "5 s")))))
                .isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void aRestartStrategyOfTheClusterIsNotMixedWithTheDefault() {
        ClusterDefaults defaults =
                ClusterDefaults.of(
                        Map.of("restart-strategy.type", "fixed-delay"), settings(Map.of()));
        assertThat(defaults.configuration().get(RestartStrategyOptions.RESTART_STRATEGY))
                .isEqualTo("fixed-delay");
        assertThat(defaults.asMap().keySet()).noneMatch(key -> key.contains("exponential"));
    }

    @Test
    void optionsOfTheClusterThatAreNotAJobsStayThere() {
        ClusterDefaults defaults =
                ClusterDefaults.of(
                        Map.of("rest.port", "1", "pipeline.jars", "x"), settings(Map.of()));
        assertThat(defaults.asMap()).doesNotContainKeys("rest.port", "pipeline.jars");
    }

    @Test
    void savepointsAndDeadLettersAreBesideTheCheckpoints() {
        ClusterDefaults defaults = ClusterDefaults.of(SHARED, settings(Map.of()));
        assertThat(ClusterDefaults.savepointsBeside(defaults.checkpoints().orElseThrow()))
                .isEqualTo("file:///mnt/flink/savepoints");
        Settings complete = defaults.withDeadLetters(settings(Map.of()), "Plant 7");
        assertThat(complete.connections().get("mqtt"))
                .containsEntry("scan.dead-letter", "fail")
                .containsEntry("sink.dead-letter", "file:/mnt/flink/dead-letters/Plant%207");
        assertThat(complete.connections().get("db"))
                .containsEntry("sink.dead-letter", "file:/mnt/flink/dead-letters/Plant%207");
    }

    @Test
    void asksWhereDeadLettersGoIfThereIsNoFolderForThem() {
        ClusterDefaults none = ClusterDefaults.of(Map.of(), settings(Map.of()));
        assertThatThrownBy(() -> none.withDeadLetters(settings(Map.of()), "plant"))
                .isInstanceOf(RuleException.class)
                .hasMessageContaining("db.sink.dead-letter, mqtt.sink.dead-letter");
        ClusterDefaults store =
                ClusterDefaults.of(
                        Map.of("execution.checkpointing.dir", "s3://bucket/checkpoints"),
                        settings(Map.of()));
        assertThatThrownBy(() -> store.withDeadLetters(settings(Map.of()), "plant"))
                .hasMessageContaining("s3://bucket/checkpoints, which is no folder");
    }

    @Test
    void staysInsideAFolderAtTheTop() {
        assertThat(ClusterDefaults.beside("file:///checkpoints/", "savepoints"))
                .isEqualTo("file:///checkpoints/savepoints");
        assertThat(ClusterDefaults.beside("s3://bucket", "savepoints"))
                .isEqualTo("s3://bucket/savepoints");
        assertThat(ClusterDefaults.beside("/data/checkpoints", "savepoints"))
                .isEqualTo("/data/savepoints");
    }
}
