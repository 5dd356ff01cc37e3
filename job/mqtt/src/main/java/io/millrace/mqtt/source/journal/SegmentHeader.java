package io.millrace.mqtt.source.journal;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * The first bytes of a file of messages. Version 1, big-endian: magic (8), version (4), mark (4),
 * attempt (8), first (8), previous (8), previousFirst (8), createdAt (8), CRC-32C of all that (4).
 *
 * @param mark begins each record of the file; random, so that no payload looks like a record
 * @param previous position of the journal's last message before this file, as its writer saw it
 * @param previousFirst position of the first message of the file that one is in; 0 if there is none
 */
record SegmentHeader(int mark, SegmentName name, long previous, long previousFirst) {
    static final int LENGTH = 60;
    static final int VERSION = 1;

    private static final long MAGIC = 0x4d494c4c4a524e4cL; // MILLJRNL
    private static final int CRC_AT = LENGTH - 4;

    byte[] encode() {
        ByteBuffer bytes = ByteBuffer.allocate(LENGTH);
        bytes.putLong(MAGIC).putInt(VERSION).putInt(mark);
        bytes.putLong(name.attempt()).putLong(name.first());
        bytes.putLong(previous).putLong(previousFirst).putLong(name.createdAt());
        bytes.putInt(crc(bytes.array()));
        return bytes.array();
    }

    /**
     * Reads a header.
     *
     * @param bytes the begin of a file; may be too short
     * @return null if that is no whole header
     * @throws JournalException if a later release wrote it
     */
    static SegmentHeader decode(byte[] bytes) throws JournalException {
        if (bytes.length < LENGTH) {
            return null;
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        if (in.getLong() != MAGIC) {
            return null;
        }
        int version = in.getInt();
        if (version > VERSION) {
            throw new JournalException(
                    "it has version "
                            + version
                            + " of the journal's format and this release reads version "
                            + VERSION
                            + ". Start the job with the release that wrote it, or a newer one.");
        }
        if (version != VERSION || in.getInt(CRC_AT) != crc(bytes)) {
            return null;
        }
        int mark = in.getInt();
        long attempt = in.getLong();
        long first = in.getLong();
        long previous = in.getLong();
        long previousFirst = in.getLong();
        SegmentName name = new SegmentName(attempt, first, in.getLong());
        return new SegmentHeader(mark, name, previous, previousFirst);
    }

    private static int crc(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, CRC_AT);
        return (int) crc.getValue();
    }
}
