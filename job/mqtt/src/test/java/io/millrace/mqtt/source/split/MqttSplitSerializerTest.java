package io.millrace.mqtt.source.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class MqttSplitSerializerTest {
    private final MqttSplitSerializer serializer = new MqttSplitSerializer();

    @Test
    void readsVersion1() throws Exception {
        byte[] version1 = HexFormat.of().parseHex("0003702d300003612f2b");

        assertThat(serializer.deserialize(1, version1)).isEqualTo(new MqttSplit("p-0", "a/+"));
        assertThat(serializer.getVersion()).isEqualTo(1);
        assertThat(serializer.serialize(new MqttSplit("p-0", "a/+"))).isEqualTo(version1);
    }

    @Test
    void refusesAVersionThatItDoesNotKnow() {
        assertThatThrownBy(() -> serializer.deserialize(2, new byte[0]))
                .hasMessageContaining("version 2");
    }

    @Property
    void readsWhatItWrote(
            @ForAll @StringLength(max = 100) String id,
            @ForAll @StringLength(max = 100) String topic)
            throws Exception {
        MqttSplit split = new MqttSplit(id, topic);

        assertThat(serializer.deserialize(1, serializer.serialize(split))).isEqualTo(split);
    }
}
