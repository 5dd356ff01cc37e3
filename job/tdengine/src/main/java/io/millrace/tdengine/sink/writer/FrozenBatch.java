package io.millrace.tdengine.sink.writer;

import java.io.IOException;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * Rows of a checkpoint that are written when it is complete. The rows are computed and stay what
 * they are, however often they are written.
 *
 * @param bytes as {@link BatchFreezer} has them; not to be changed
 * @param rows how many rows they are
 */
public record FrozenBatch(byte[] bytes, int rows) {

    /** Keeps it in a checkpoint. Stateless. */
    public static final class Serializer implements SimpleVersionedSerializer<FrozenBatch> {
        private static final int VERSION = 1;

        @Override
        public int getVersion() {
            return VERSION;
        }

        @Override
        public byte[] serialize(FrozenBatch batch) {
            // The number of rows is the first thing in there.
            return batch.bytes;
        }

        @Override
        public FrozenBatch deserialize(int version, byte[] bytes) throws IOException {
            if (version != VERSION) {
                throw new IOException(
                        "The checkpoint's rows for TDengine have version "
                                + version
                                + "; this connector reads version "
                                + VERSION
                                + ". Start the job with the connector that wrote the checkpoint.");
            }
            return new FrozenBatch(bytes, BatchFreezer.rows(bytes));
        }
    }
}
