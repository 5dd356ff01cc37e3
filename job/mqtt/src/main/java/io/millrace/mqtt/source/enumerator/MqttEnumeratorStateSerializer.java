package io.millrace.mqtt.source.enumerator;

import io.millrace.mqtt.source.split.MqttSplit;
import io.millrace.mqtt.source.split.MqttSplitSerializer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** Version 1: number of sessions, then each as version 1 of the split's serialiser writes it. */
public final class MqttEnumeratorStateSerializer
        implements SimpleVersionedSerializer<MqttEnumeratorState> {
    private static final int VERSION = 1;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(MqttEnumeratorState state) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(state.sessions().size());
        for (MqttSplit session : state.sessions()) {
            MqttSplitSerializer.write(session, out);
        }
        return bytes.toByteArray();
    }

    @Override
    public MqttEnumeratorState deserialize(int version, byte[] serialized) throws IOException {
        if (version != VERSION) {
            throw new IOException(
                    "State of the MQTT source has version "
                            + version
                            + "; this release reads version "
                            + VERSION
                            + ". Start it with the release that wrote it, or a newer one.");
        }
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(serialized));
        int count = in.readInt();
        List<MqttSplit> sessions = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            sessions.add(MqttSplitSerializer.read(in));
        }
        return new MqttEnumeratorState(List.copyOf(sessions));
    }
}
