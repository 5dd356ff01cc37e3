package io.millrace.mqtt.source.enumerator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.mqtt.source.split.MqttSplit;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class MqttEnumeratorStateSerializerTest {
    private final MqttEnumeratorStateSerializer serializer = new MqttEnumeratorStateSerializer();

    @Test
    void readsVersion1() throws Exception {
        byte[] version1 =
                HexFormat.of().parseHex("000000020003702d300003612f2b0003702d310003612f2b");
        MqttEnumeratorState state =
                new MqttEnumeratorState(
                        List.of(new MqttSplit("p-0", "a/+"), new MqttSplit("p-1", "a/+")));

        assertThat(serializer.deserialize(1, version1)).isEqualTo(state);
        assertThat(serializer.deserialize(2, serializer.serialize(state))).isEqualTo(state);
        assertThat(serializer.getVersion()).isEqualTo(2);
    }

    @Test
    void refusesAVersionThatItDoesNotKnow() {
        assertThatThrownBy(() -> serializer.deserialize(3, new byte[0]))
                .hasMessageContaining("version 3");
    }
}
