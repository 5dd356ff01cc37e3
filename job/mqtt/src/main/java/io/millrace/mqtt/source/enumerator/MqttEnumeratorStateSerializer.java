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

/** Number of sessions, then each as the same version of the split's serialiser writes it. */
public final class MqttEnumeratorStateSerializer
        implements SimpleVersionedSerializer<MqttEnumeratorState> {
    private static final int VERSION = 2;

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
        if (version < 1 || version > VERSION) {
            throw new IOException(
                    "State of the MQTT source has version "
                            + version
                            + "; this release reads versions 1 to "
                            + VERSION
                            + ". Start it with the release that wrote it, or a newer one.");
        }
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(serialized));
        int count = in.readInt();
        List<MqttSplit> sessions = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            sessions.add(MqttSplitSerializer.read(version, in));
        }
        return new MqttEnumeratorState(List.copyOf(sessions));
    }
}
