package io.millrace.tdengine.sink.writer;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * The keys of the rows that a writer took last, as a checkpoint keeps them: a row that is computed
 * again after a failure is told from one that collides with an earlier one.
 *
 * @param hashes oldest first; not to be changed
 */
public record WrittenKeys(long[] hashes) {

    /** Keeps them in a checkpoint. Stateless. */
    public static final class Serializer implements SimpleVersionedSerializer<WrittenKeys> {
        private static final int VERSION = 1;

        @Override
        public int getVersion() {
            return VERSION;
        }

        @Override
        public byte[] serialize(WrittenKeys keys) {
            ByteBuffer bytes = ByteBuffer.allocate(keys.hashes.length * Long.BYTES);
            bytes.asLongBuffer().put(keys.hashes);
            return bytes.array();
        }

        @Override
        public WrittenKeys deserialize(int version, byte[] bytes) throws IOException {
            if (version != VERSION) {
                throw new IOException(
                        "The checkpoint's keys of rows for TDengine have version "
                                + version
                                + "; this connector reads version "
                                + VERSION
                                + ". Start the job with the connector that wrote the checkpoint.");
            }
            long[] hashes = new long[bytes.length / Long.BYTES];
            ByteBuffer.wrap(bytes).asLongBuffer().get(hashes);
            return new WrittenKeys(hashes);
        }
    }
}
