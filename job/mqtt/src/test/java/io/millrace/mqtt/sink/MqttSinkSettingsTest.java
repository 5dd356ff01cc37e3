package io.millrace.mqtt.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.common.Problems;
import io.millrace.mqtt.MqttOptions;
import io.millrace.mqtt.client.ClientLibrary;
import io.millrace.mqtt.client.OutgoingMessage;
import io.millrace.mqtt.client.ProtocolVersion;
import java.time.Duration;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;

class MqttSinkSettingsTest {
    private final Configuration options =
            Configuration.fromMap(
                    Map.of("url", "tcp://h", "topic", "a/b", "client-id.prefix", "p"));

    @Test
    void theOptionsBeginEachMessage() {
        options.set(MqttOptions.SINK_QOS, 0);
        options.set(MqttOptions.SINK_RETAIN, true);
        options.set(MqttOptions.SINK_MESSAGE_EXPIRY, Duration.ofMinutes(2));
        options.set(MqttOptions.SINK_CONTENT_TYPE, "text/plain");
        options.set(MqttOptions.SINK_RESPONSE_TOPIC, "answers");
        options.set(MqttOptions.SINK_USER_PROPERTIES, Map.of("site", "7"));

        OutgoingMessage message = read().message().payload("x").build();

        assertThat(message.topic()).isEqualTo("a/b");
        assertThat(message.qos()).isZero();
        assertThat(message.retain()).isTrue();
        assertThat(message.properties().messageExpiry()).isEqualTo(120);
        assertThat(message.properties().contentType()).isEqualTo("text/plain");
        assertThat(message.properties().responseTopic()).isEqualTo("answers");
        assertThat(message.properties().userProperties()).containsExactly(Map.entry("site", "7"));
    }

    @Test
    void saysAllThatIsWrong() {
        options.set(MqttOptions.TOPIC, "a/+/b");
        options.set(MqttOptions.SINK_QOS, 2);
        options.set(MqttOptions.SINK_MAX_IN_FLIGHT, 70_000);
        options.set(MqttOptions.SINK_MAX_BUFFERED_MESSAGES, 0);
        options.set(MqttOptions.SINK_MESSAGE_EXPIRY, Duration.ofMillis(10));
        options.set(MqttOptions.SINK_RESPONSE_TOPIC, "answers/#");
        options.set(MqttOptions.SINK_DEAD_LETTER, "topic:a/#");

        assertThatThrownBy(this::read)
                .hasMessageContaining(
                        "Option 'topic' is 'a/+/b', which cannot be written: it holds the wildcard +. A target is one topic such as alerts/all")
                .hasMessageContaining("Option 'sink.qos' is 2; allowed are 0")
                .hasMessageContaining("publishes again")
                .hasMessageContaining(
                        "Option 'sink.max-in-flight' is 70000; allowed are 1 to 65535.")
                .hasMessageContaining("Option 'sink.max-buffered-messages' is 0")
                .hasMessageContaining("Option 'sink.message-expiry' is 10 ms")
                .hasMessageContaining("Response topic 'answers/#' is not valid")
                .hasMessageContaining(
                        "Option 'sink.dead-letter': Topic 'a/#' for dead letters is not valid");
    }

    @Test
    void saysWhichDeadLettersThereAre() {
        options.set(MqttOptions.SINK_DEAD_LETTER, "kafka:x");
        assertThatThrownBy(this::read)
                .hasMessageContaining(
                        "allowed are 'file:/path' (a folder), 'topic:NAME' (an MQTT topic), 'log' or 'fail'.");
    }

    @Test
    void pahoIsForReading() {
        options.set(MqttOptions.CLIENT, ClientLibrary.PAHO);
        assertThatThrownBy(this::read)
                .hasMessage(
                        "Option 'client' is 'paho', which is for reading only. To write, leave the option out or give 'netty'.");
        options.set(MqttOptions.CLIENT, ClientLibrary.NETTY);
        assertThat(read()).isNotNull();
    }

    @Test
    void mqtt311HasNoProperties() {
        options.set(MqttOptions.PROTOCOL_VERSION, ProtocolVersion.V3_1_1);
        assertThat(read()).isNotNull();
        options.set(MqttOptions.SINK_CONTENT_TYPE, "text/plain");
        options.set(MqttOptions.SINK_USER_PROPERTIES, Map.of("a", "b"));
        assertThatThrownBy(this::read)
                .hasMessageContaining(
                        "Option 'sink.content-type', 'sink.user-properties' needs MQTT 5, and 'protocol-version' is '3.1.1'");
    }

    @Test
    void aProgramNeedsNoTopicIfItsEncoderSetsOne() {
        options.removeConfig(MqttOptions.TOPIC);
        assertThat(read().topic()).isNull();
    }

    @Test
    void theSinkCanBeShipped() throws Exception {
        options.set(MqttOptions.SINK_DEAD_LETTER, "topic:dead");
        options.set(MqttOptions.SINK_USER_PROPERTIES, Map.of("site", "7"));
        options.set(MqttOptions.USERNAME, "me");
        options.set(MqttOptions.PASSWORD, "s3cret");
        MqttSink<String> sink =
                new MqttSink<>(read(), (record, message) -> message.payload(record));

        assertThat(InstantiationUtil.<MqttSink<String>>clone(sink)).isNotNull();
        assertThat(read().toString()).doesNotContain("s3cret");
    }

    private MqttSinkSettings read() {
        Problems problems = new Problems();
        MqttSinkSettings settings = MqttSinkSettings.read(options, null, problems);
        problems.throwIfAny(IllegalArgumentException::new);
        return settings;
    }
}
