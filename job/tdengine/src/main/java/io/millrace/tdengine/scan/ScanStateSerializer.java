package io.millrace.tdengine.scan;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** Bytes of the enumerator's state in a checkpoint. Stateless. */
final class ScanStateSerializer implements SimpleVersionedSerializer<ScanState> {

    @Override
    public int getVersion() {
        return ScanSplitSerializer.VERSION;
    }

    @Override
    public byte[] serialize(ScanState state) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(256);
        out.writeBoolean(state.planned());
        out.writeInt(state.waiting().size());
        for (ScanSplit split : state.waiting()) {
            ScanSplitSerializer.write(split, out);
        }
        return out.getCopyOfBuffer();
    }

    @Override
    public ScanState deserialize(int version, byte[] serialized) throws IOException {
        ScanSplitSerializer.check(version);
        DataInputDeserializer in = new DataInputDeserializer(serialized);
        boolean planned = in.readBoolean();
        int count = in.readInt();
        List<ScanSplit> waiting = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            waiting.add(ScanSplitSerializer.read(in));
        }
        return new ScanState(planned, waiting);
    }
}
