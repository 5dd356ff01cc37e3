package io.millrace.mqtt.source.journal;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Tells a torn tail from damage, at the place where the journal's last file stops being readable.
 *
 * <p>When a machine dies, what was appended since the last sync may be there in part: cut off, or
 * with holes, since disks write in any order. None of it was acknowledged. Each record tells how
 * much of its file was durable when it was written. So if a record further on says that this place
 * was durable, something has damaged it since; if none does, this is the torn tail. Stateless.
 */
final class TornTail {
    private TornTail() {}

    /**
     * Whether a record further on knows that the place where {@code reader} stopped was durable.
     */
    static boolean isDamage(JournalStorage storage, SegmentReader reader) throws IOException {
        long place = reader.offset();
        long from = find(storage, reader.header(), place + 1);
        while (from >= 0) {
            try (SegmentReader later = reader.at(storage, from)) {
                for (RecordDecoder.Entry entry = later.next();
                        entry != null;
                        entry = later.next()) {
                    if (entry.synced() > place) {
                        return true;
                    }
                }
                from = find(storage, reader.header(), Math.max(from + 1, later.offset()));
            }
        }
        return false;
    }

    /** Offset of the next mark, or -1. */
    private static long find(JournalStorage storage, SegmentHeader header, long start)
            throws IOException {
        int mark = header.mark();
        try (InputStream in =
                new BufferedInputStream(storage.read(header.name().file(), start), 64 * 1024)) {
            int last = 0;
            long offset = start;
            for (int next = in.read(); next >= 0; next = in.read()) {
                last = last << 8 | next;
                offset++;
                if (last == mark && offset - start >= 4) {
                    return offset - 4;
                }
            }
        }
        return -1;
    }
}
