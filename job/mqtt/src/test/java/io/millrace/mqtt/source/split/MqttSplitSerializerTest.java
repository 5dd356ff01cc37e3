package io.millrace.mqtt.source.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class MqttSplitSerializerTest {
    private final MqttSplitSerializer serializer = new MqttSplitSerializer();

    @Test
    void readsVersion1() throws Exception {
        byte[] version1 = HexFormat.of().parseHex("0003702d300003612f2b");

        assertThat(serializer.deserialize(1, version1)).isEqualTo(new MqttSplit("p-0", "a/+"));
    }

    @Test
    void readsVersion2() throws Exception {
        byte[] version2 =
                HexFormat.of()
                        .parseHex(
                                "0003702d300003612f2b01000000000000002a00000001ffff8000000000000001");
        MqttSplit split =
                new MqttSplit(
                        "p-0",
                        "a/+",
                        true,
                        42,
                        new UnconfirmedMessages(
                                new char[] {0xFFFF}, new long[] {Long.MIN_VALUE + 1}));

        assertThat(serializer.getVersion()).isEqualTo(2);
        assertThat(serializer.deserialize(2, version2)).isEqualTo(split);
        assertThat(serializer.serialize(split)).isEqualTo(version2);
    }

    @Test
    void refusesAVersionThatItDoesNotKnow() {
        assertThatThrownBy(() -> serializer.deserialize(3, new byte[0]))
                .hasMessageContaining("version 3");
    }

    @Property
    void readsWhatItWrote(
            @ForAll @StringLength(max = 100) String id,
            @ForAll @StringLength(max = 100) String topic,
            @ForAll boolean draining,
            @ForAll long position,
            @ForAll @Size(max = 20) List<Character> packetIds)
            throws Exception {
        char[] ids = new char[packetIds.size()];
        long[] digests = new long[ids.length];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = packetIds.get(i);
            digests[i] = position * i;
        }
        MqttSplit split =
                new MqttSplit(id, topic, draining, position, new UnconfirmedMessages(ids, digests));

        assertThat(serializer.deserialize(2, serializer.serialize(split))).isEqualTo(split);
    }
}
