package io.millrace.tdengine.scan;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.DataOutputView;

/** Bytes of a split in a checkpoint. Stateless. */
final class ScanSplitSerializer implements SimpleVersionedSerializer<ScanSplit> {
    static final int VERSION = 1;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(ScanSplit split) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        write(split, out);
        return out.getCopyOfBuffer();
    }

    static void write(ScanSplit split, DataOutputView out) throws IOException {
        out.writeUTF(split.splitId());
        out.writeLong(split.from());
        out.writeLong(split.to());
        out.writeLong(split.readTo());
        out.writeInt(split.subTables().size());
        for (String subTable : split.subTables()) {
            out.writeUTF(subTable);
        }
    }

    @Override
    public ScanSplit deserialize(int version, byte[] serialized) throws IOException {
        check(version);
        return read(new DataInputDeserializer(serialized));
    }

    static void check(int version) throws IOException {
        if (version != VERSION) {
            throw new IOException(
                    "The state of this scan has version "
                            + version
                            + "; this connector reads version "
                            + VERSION
                            + ". Use the connector that wrote it, or a newer one.");
        }
    }

    static ScanSplit read(DataInputView in) throws IOException {
        String id = in.readUTF();
        long from = in.readLong();
        long to = in.readLong();
        long readTo = in.readLong();
        int count = in.readInt();
        List<String> subTables = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            subTables.add(in.readUTF());
        }
        return new ScanSplit(id, from, to, subTables, readTo);
    }
}
