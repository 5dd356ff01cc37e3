package io.millrace.mqtt.source.journal;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * Reads one file of messages from front to back, up to where it ends or is not readable; what that
 * means is for others to judge. Not thread-safe.
 */
final class SegmentReader implements Closeable {
    /** Longer than any record: 256 MiB is the longest MQTT packet. */
    private static final int MAX_LENGTH = 512 * 1024 * 1024;

    private final SegmentHeader header;
    private final InputStream in;
    private final CRC32C crc = new CRC32C();
    private long offset;
    private boolean ended;

    private SegmentReader(SegmentHeader header, InputStream in, long offset) {
        this.header = header;
        this.in = in;
        this.offset = offset;
    }

    /**
     * Opens a file and reads its header.
     *
     * @return null if the file has no whole header, since its writer died before it was durable
     */
    static SegmentReader open(JournalStorage storage, SegmentName name) throws IOException {
        InputStream in = new BufferedInputStream(storage.read(name.file(), 0), 64 * 1024);
        try {
            SegmentHeader header = SegmentHeader.decode(in.readNBytes(SegmentHeader.LENGTH));
            if (header != null) {
                return new SegmentReader(header, in, SegmentHeader.LENGTH);
            }
        } catch (JournalException e) {
            in.close();
            throw new JournalException(
                    "'" + name.file() + "' in '" + storage.location() + "': " + e.getMessage(), e);
        }
        boolean more = in.read() >= 0;
        in.close();
        if (more) {
            throw new DamagedJournalException(storage, name, 0, name.first());
        }
        return null;
    }

    /** Goes on in the same file at an offset where a record may begin. */
    SegmentReader at(JournalStorage storage, long start) throws IOException {
        return new SegmentReader(
                header,
                new BufferedInputStream(storage.read(header.name().file(), start), 64 * 1024),
                start);
    }

    SegmentHeader header() {
        return header;
    }

    /** The next record, or null if there is no whole one. */
    RecordDecoder.Entry next() throws IOException {
        if (ended) {
            return null;
        }
        byte[] head = in.readNBytes(RecordEncoder.HEAD);
        if (head.length == RecordEncoder.HEAD) {
            ByteBuffer values = ByteBuffer.wrap(head);
            int mark = values.getInt();
            int length = values.getInt();
            if (mark == header.mark() && length > 0 && length <= MAX_LENGTH) {
                byte[] body = in.readNBytes(length);
                crc.reset();
                crc.update(head, 4, 4);
                crc.update(body);
                if (body.length == length && (int) crc.getValue() == values.getInt()) {
                    offset += head.length + length;
                    return RecordDecoder.decode(body);
                }
            }
        }
        ended = true;
        return null;
    }

    /** Where the next record begins, or would. */
    long offset() {
        return offset;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
