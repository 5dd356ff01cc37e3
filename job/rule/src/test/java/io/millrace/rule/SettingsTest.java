package io.millrace.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
    @TempDir private Path folder;

    @Test
    void readsTopicsAsTheyAreWritten() throws IOException {
        Settings settings =
                read(
                        """
                        topics:
                          "devices/+/temp":
                            connection: mqtt
                            columns: {temp: DOUBLE, d: "DECIMAL(10, 2)", ts: TIMESTAMP_LTZ(3)}
                            format: payload-json
                            event-time: ts
                            watermark: ts - INTERVAL '5' SECOND
                          "raw/#":
                            payload: BYTES
                        """);

        assertThat(settings.topics()).hasSize(2);
        TopicDeclaration topic = settings.topics().get(0);
        assertThat(topic.topic()).isEqualTo("devices/+/temp");
        assertThat(topic.connection()).hasValue("mqtt");
        assertThat(topic.columns())
                .containsExactly(
                        Map.entry("temp", "DOUBLE"),
                        Map.entry("d", "DECIMAL(10, 2)"),
                        Map.entry("ts", "TIMESTAMP_LTZ(3)"));
        assertThat(topic.eventTime()).hasValue("ts");
        assertThat(topic.watermark()).hasValue("ts - INTERVAL '5' SECOND");
        assertThat(settings.topics().get(1).payload()).hasValue("BYTES");
    }

    @Test
    void topicsStayWhenOtherSettingsAreAdded() throws IOException {
        Settings settings = read("topics: {a: {payload: STRING}}");

        assertThat(
                        settings.withJobName("j")
                                .withConnection("c", Map.of())
                                .withFlink(Map.of())
                                .topics())
                .hasSize(1);
    }

    @Test
    void filesOfConnectionsAreBesideTheSettings() throws IOException {
        Settings settings = read("connections: {t: {password: \"${file:.secrets/p}\"}}");

        assertThat(settings.connections().get("t").get("password"))
                .isEqualTo("${file:" + folder.toAbsolutePath().resolve(".secrets/p") + "}");
    }

    @Test
    void errorsNameFileAndKey() {
        assertThatThrownBy(() -> read("topics: {a: {colums: {x: INT}}}"))
                .isInstanceOf(RuleException.class)
                .hasMessageContaining("millrace.yaml:1:14: Key 'topics.a.colums' is not known")
                .hasMessageContaining("Did you mean 'columns'?");
        assertThatThrownBy(() -> read("topics: {a: {columns: {x: }}}"))
                .hasMessageContaining("Key 'topics.a.columns.x' must hold a text");
        assertThatThrownBy(() -> read("topics: {a: {format: raw}}"))
                .hasMessageContaining("Key 'topics.a' needs either 'columns'");
        assertThatThrownBy(() -> read("topics: {a: {payload: STRING, columns: {x: INT}}}"))
                .hasMessageContaining("Key 'topics.a' needs either 'columns'");
        assertThatThrownBy(() -> read("topics: [a, b]"))
                .hasMessageContaining("'topics' must hold 'key: value' lines");
    }

    @Test
    void takesValuesAsTheyAreWritten() throws IOException {
        Settings settings =
                read(
                        """
                        connections:
                          mqtt:
                            scan.deduplication: off
                            a: yes
                            b: 0x10
                            c: 1e3
                            d: 007
                            e: No
                            f: "true"
                            g: 2026-11-23
                            h: 1_000
                            tls: {alpn: [x, off]}
                        flink:
                        """);

        assertThat(settings.connections().get("mqtt"))
                .containsOnly(
                        Map.entry("scan.deduplication", "off"),
                        Map.entry("a", "yes"),
                        Map.entry("b", "0x10"),
                        Map.entry("c", "1e3"),
                        Map.entry("d", "007"),
                        Map.entry("e", "No"),
                        Map.entry("f", "true"),
                        Map.entry("g", "2026-11-23"),
                        Map.entry("h", "1_000"),
                        Map.entry("tls.alpn", "x;off"));
    }

    @Test
    void tellsAllThatIsWrongWithItsPlace() {
        assertThatThrownBy(
                        () ->
                                read(
                                        """
                                        job: {nmae: plant}
                                        conections:
                                          mqtt: {}
                                        flink:
                                          parallelism.default:
                                        connections:
                                          a: {type: mqtt, type: mqtt}
                                        """))
                .isInstanceOfSatisfying(
                        RuleException.class, wrong -> assertThat(wrong.problems()).hasSize(4))
                .hasMessageContaining(
                        "millrace.yaml:1:7: Key 'job.nmae' is not known; allowed is name. Did you mean 'name'?")
                .hasMessageContaining("\n  1 | job: {nmae: plant}\n    |       ^")
                .hasMessageContaining(
                        "millrace.yaml:2:1: Section 'conections' is not known; allowed are job, connections, topics, flink. Did you mean 'connections'?")
                .hasMessageContaining(
                        "millrace.yaml:5:3: Key 'flink.parallelism.default' has no value.")
                .hasMessageContaining(
                        "millrace.yaml:7:19: Key 'connections.a.type' stands here a second time.");
        assertThatThrownBy(() -> read("job: {name: [a"))
                .hasMessageContaining("millrace.yaml:1:")
                .hasMessageContaining("1 | job");
    }

    private Settings read(String yaml) throws IOException {
        return Settings.read(Files.writeString(folder.resolve("millrace.yaml"), yaml));
    }
}
