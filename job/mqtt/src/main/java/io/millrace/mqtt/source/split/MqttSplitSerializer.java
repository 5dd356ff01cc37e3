package io.millrace.mqtt.source.split;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * Version 1: client id and topic filter, each as Java's modified UTF-8 with its length. Version 2
 * adds: draining (boolean), position (long), number of unconfirmed messages (int), then for each
 * its packet id (unsigned short) and digest (long).
 */
public final class MqttSplitSerializer implements SimpleVersionedSerializer<MqttSplit> {
    private static final int VERSION = 2;

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
        if (version < 1 || version > VERSION) {
            throw new IOException(
                    "State of an MQTT session has version "
                            + version
                            + "; this release reads versions 1 to "
                            + VERSION
                            + ". Start it with the release that wrote it, or a newer one.");
        }
        return read(version, new DataInputStream(new ByteArrayInputStream(serialized)));
    }

    /** Writes a split in the newest version. */
    public static void write(MqttSplit split, DataOutputStream out) throws IOException {
        out.writeUTF(split.clientId());
        out.writeUTF(split.topic());
        out.writeBoolean(split.draining());
        out.writeLong(split.position());
        UnconfirmedMessages unconfirmed = split.unconfirmed();
        out.writeInt(unconfirmed.count());
        for (int i = 0; i < unconfirmed.count(); i++) {
            out.writeShort(unconfirmed.packetId(i));
            out.writeLong(unconfirmed.digest(i));
        }
    }

    /** Reads a split of a version that is known. */
    public static MqttSplit read(int version, DataInputStream in) throws IOException {
        MqttSplit split = new MqttSplit(in.readUTF(), in.readUTF());
        if (version == 1) {
            return split;
        }
        boolean draining = in.readBoolean();
        long position = in.readLong();
        int count = in.readInt();
        char[] packetIds = new char[count];
        long[] digests = new long[count];
        for (int i = 0; i < count; i++) {
            packetIds[i] = (char) in.readUnsignedShort();
            digests[i] = in.readLong();
        }
        return split.draining(draining).at(position, new UnconfirmedMessages(packetIds, digests));
    }
}
