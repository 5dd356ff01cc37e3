package io.millrace.mqtt.source.split;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** Version 1: client id and topic filter, each as Java's modified UTF-8 with its length. */
public final class MqttSplitSerializer implements SimpleVersionedSerializer<MqttSplit> {
    private static final int VERSION = 1;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(MqttSplit split) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        write(split, new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    @Override
    public MqttSplit deserialize(int version, byte[] serialized) throws IOException {
        if (version != VERSION) {
            throw new IOException(
                    "State of an MQTT session has version "
                            + version
                            + "; this release reads version "
                            + VERSION
                            + ". Start it with the release that wrote it, or a newer one.");
        }
        return read(new DataInputStream(new ByteArrayInputStream(serialized)));
    }

    /** Writes a split in the newest version. */
    public static void write(MqttSplit split, DataOutputStream out) throws IOException {
        out.writeUTF(split.clientId());
        out.writeUTF(split.topic());
    }

    /** Reads a split of the newest version. */
    public static MqttSplit read(DataInputStream in) throws IOException {
        return new MqttSplit(in.readUTF(), in.readUTF());
    }
}
