package io.millrace.mqtt.source.journal;

import io.millrace.mqtt.client.ReceivedMessage;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads the messages between two positions of a journal, piece by piece. Not thread-safe. */
public final class Replay implements Closeable {
    private final JournalStorage storage;
    private final List<Segments.Segment> segments;
    private final long last;

    // The last position that was given out or is missing, at first the one before.
    private long position;
    private long missing;

    private int index;
    private SegmentReader reader;
    // The last position in this file so far, given out or passed over.
    private long read;

    /**
     * @param segments files that count, in their order
     * @param after begins behind this position
     * @param last ends with this position
     */
    Replay(JournalStorage storage, List<Segments.Segment> segments, long after, long last) {
        this.storage = storage;
        this.segments = segments;
        this.last = last;
        this.position = after;
        while (index < segments.size() && segments.get(index).end() - 1 <= after) {
            index++;
        }
    }

    /** Whether all has been read. */
    public boolean isOver() {
        return position >= last;
    }

    /** How many positions that should have been read so far are in no file. */
    public long missing() {
        return missing;
    }

    /**
     * The next messages, with their positions; none when it is over.
     *
     * @param maxMessages most messages
     * @param maxBytes no more once they have that size
     */
    public List<ReceivedMessage> next(int maxMessages, long maxBytes) throws IOException {
        List<ReceivedMessage> messages = new ArrayList<>();
        long bytes = 0;
        while (!isOver() && messages.size() < maxMessages && bytes < maxBytes) {
            if (reader == null) {
                open();
                continue;
            }
            RecordDecoder.Entry entry = reader.next();
            if (entry == null || entry.message().position() >= segments.get(index).end()) {
                leave();
                continue;
            }
            ReceivedMessage message = entry.message();
            read = message.position();
            if (read > position) {
                position = read;
                bytes += message.size();
                messages.add(message);
            }
        }
        return messages;
    }

    private void open() throws IOException {
        SegmentName name = segments.get(index).name();
        reader = SegmentReader.open(storage, name);
        if (reader == null) {
            throw new DamagedJournalException(storage, name, 0, name.first());
        }
        read = name.first() - 1;
        if (read > position) {
            missing += read - position;
            position = read;
        }
    }

    /** The file gives no more; so all must have been read of it that the next one knows of. */
    private void leave() throws IOException {
        SegmentName name = segments.get(index).name();
        long offset = reader.offset();
        reader.close();
        reader = null;
        index++;
        if (index == segments.size()) {
            throw new DamagedJournalException(storage, name, offset, read + 1);
        }
        try (SegmentReader next = SegmentReader.open(storage, segments.get(index).name())) {
            if (next != null
                    && next.header().previousFirst() == name.first()
                    && read < next.header().previous()) {
                throw new DamagedJournalException(storage, name, offset, read + 1);
            }
        }
    }

    @Override
    public void close() throws IOException {
        if (reader != null) {
            reader.close();
            reader = null;
        }
    }
}
