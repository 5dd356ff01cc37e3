package io.millrace.mqtt.table;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.mqtt.client.MessageProperties;
import io.millrace.mqtt.client.ReceivedMessage;
import io.millrace.mqtt.client.TopicFilter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientIdFromTest {
    @ParameterizedTest
    @CsvSource(
            nullValues = "NULL",
            value = {
                "devices/+/temp, devices/d1/temp, d1",
                "+/temp, d1/temp, d1",
                "+, d1, d1",
                "$share/g/devices/+/#, devices/d1/a/b, d1",
                "a/+/+, a//x, ''",
                "devices/#, devices/d1, NULL",
                "devices/temp, devices/temp, NULL"
            })
    void autoTakesTheLevelThatTheFirstPlusStandsFor(String filter, String topic, String id) {
        assertThat(from("auto", filter).of(message(topic, "", Map.of()))).isEqualTo(id);
    }

    @Test
    void autoPrefersTheUserProperty() {
        assertThat(from("auto", "a/+").of(message("a/b", "", Map.of("clientid", "c"))))
                .isEqualTo("c");
        assertThat(from("auto", "a/+").of(message("a/b", "", Map.of("other", "c")))).isEqualTo("b");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "NULL",
            value = {"topic:1, a", "topic:2, b", "topic:3, c", "topic:4, NULL"})
    void levelsOfTheTopicCountFromOne(String option, String id) {
        assertThat(from(option, "#").of(message("a/b/c", "", Map.of()))).isEqualTo(id);
    }

    @Test
    void aUserPropertyCanHaveAnyName() {
        ClientIdFrom from = from("user-property:device id", "#");

        assertThat(from.of(message("a", "", Map.of("device id", "x")))).isEqualTo("x");
        assertThat(from.of(message("a", "", Map.of()))).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "NULL",
            delimiter = '|',
            value = {
                "payload:id     | {'id':'x'}                    | x",
                "payload:id     | {'a':{'id':'y'},'id':7}       | 7",
                "payload:a.id   | {'id':'x','a':{'b':1,'id':'y'}} | y",
                "payload:id     | {'id':{'x':1}}                | NULL",
                "payload:id     | {'id':null}                   | NULL",
                "payload:a.id   | {'a':5}                       | NULL",
                "payload:id     | not json                      | NULL",
                "payload:id     | [1]                           | NULL",
                "payload:id     | ''                            | NULL"
            })
    void aMemberOfThePayloadIsFoundOrNull(String option, String payload, String id) {
        assertThat(from(option, "#").of(message("a", payload.replace('\'', '"'), Map.of())))
                .isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "topic",
                "topic:",
                "topic:0",
                "topic:x",
                "user-property:",
                "payload:",
                "payload:a..b",
                "payload:.a",
                "payload:a.",
                "header:x"
            })
    void anythingElseIsRefusedWithWhatIsAllowed(String option) {
        assertThatThrownBy(() -> from(option, "#"))
                .hasMessageContaining("'" + option + "'")
                .hasMessageContaining("user-property:NAME");
    }

    private static ClientIdFrom from(String option, String filter) {
        return ClientIdFrom.parse(option, TopicFilter.parse(filter));
    }

    private static ReceivedMessage message(
            String topic, String payload, Map<String, String> userProperties) {
        return new ReceivedMessage(
                1,
                1,
                topic,
                payload.getBytes(UTF_8),
                1,
                false,
                false,
                0,
                new MessageProperties(
                        List.copyOf(userProperties.entrySet()), null, null, null, null));
    }
}
