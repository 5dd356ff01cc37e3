package io.millrace.mqtt.source.journal;

import io.millrace.mqtt.client.ReceivedMessage;
import java.io.Closeable;
import java.io.IOException;

/** Writes one file of messages. Not thread-safe. */
final class SegmentWriter implements Closeable {
    /** So much is gathered before it is handed to the file. */
    private static final int GATHERED = 256 * 1024;

    private final JournalStorage.Appender file;
    private final RecordEncoder records;
    private long appended;
    private long synced;

    private SegmentWriter(JournalStorage.Appender file, SegmentHeader header) {
        this.file = file;
        this.records = new RecordEncoder(header.mark());
    }

    /** Begins a file: when this returns, its header is durable. */
    static SegmentWriter create(JournalStorage storage, SegmentHeader header) throws IOException {
        SegmentWriter writer = new SegmentWriter(storage.create(header.name().file()), header);
        try {
            writer.write(header.encode(), SegmentHeader.LENGTH);
            writer.sync();
        } catch (IOException e) {
            writer.close();
            throw e;
        }
        return writer;
    }

    void append(ReceivedMessage message, long position) throws IOException {
        records.add(message, position, synced);
        if (records.length() >= GATHERED) {
            writeGathered();
        }
    }

    /** When this returns, all that was appended is durable. */
    void sync() throws IOException {
        writeGathered();
        file.sync();
        synced = appended;
    }

    private void writeGathered() throws IOException {
        write(records.array(), records.length());
        records.clear();
    }

    private void write(byte[] bytes, int length) throws IOException {
        file.append(bytes, 0, length);
        appended += length;
    }

    /** How long the file is, without what is gathered. */
    long size() {
        return appended;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
