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
    void errorsNameFileAndKey() {
        assertThatThrownBy(() -> read("topics: {a: {colums: {x: INT}}}"))
                .isInstanceOf(RuleException.class)
                .hasMessageContaining("millrace.yaml: Key 'topics.a.colums' is not known")
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

    private Settings read(String yaml) throws IOException {
        return Settings.read(Files.writeString(folder.resolve("millrace.yaml"), yaml));
    }
}
