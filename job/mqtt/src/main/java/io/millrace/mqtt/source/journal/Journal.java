package io.millrace.mqtt.source.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.mqtt.client.ReceivedMessage;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The journal of one session as one attempt of the job has it: what older attempts left is
 * replayed, new messages are appended. Each message has a position; positions are counted from 1
 * for the client id and go on from attempt to attempt. Not thread-safe.
 */
public final class Journal implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);

    private final JournalStorage storage;
    private final InstantSource clock;
    private final Duration retention;
    private final long segmentBytes;
    private final Attempt attempt;
    private final Segments segments;
    private final Markers markers;
    private final long from;
    private final long left;

    private SegmentName name;
    private SegmentWriter writer;
    private boolean uncommitted;
    private long previous;
    private long previousFirst;
    private long next;
    private long covered;

    private Journal(
            JournalStorage storage,
            InstantSource clock,
            Duration retention,
            long segmentBytes,
            long statePosition)
            throws IOException {
        this.storage = storage;
        this.clock = clock;
        this.retention = retention;
        this.segmentBytes = segmentBytes;
        // The claim comes before all reading; why, Attempt tells.
        this.attempt =
                Attempt.claim(
                        storage.folder(JournalFolder.ATTEMPTS),
                        Segments.in(storage).newestAttempt());
        storage.delete(JournalFolder.ENDED);
        this.segments = Segments.in(storage);
        this.left = findEnd();
        this.markers = Markers.of(storage, attempt.number());
        this.covered = Markers.newest(storage).position();
        this.from = statePosition > 0 ? statePosition : start();
        this.next = Math.max(left, Math.max(statePosition, covered)) + 1;
        if (statePosition > 0) {
            tellIfOther(statePosition);
            // A state that is restored is a checkpoint that was completed.
            covered(statePosition);
        }
    }

    /**
     * Opens a journal, which is made if there is none.
     *
     * @param segmentBytes how long a file becomes before the next is begun
     * @param statePosition up to where the restored state has the messages; 0 if there is no state
     */
    static Journal open(
            JournalStorage storage,
            InstantSource clock,
            Duration retention,
            long segmentBytes,
            long statePosition)
            throws IOException {
        return new Journal(storage, clock, retention, segmentBytes, statePosition);
    }

    /** Position that ends what there is; finds the last message as well. */
    private long findEnd() throws IOException {
        List<Segments.Segment> counting = segments.counting();
        while (!counting.isEmpty()) {
            SegmentName newest = counting.get(counting.size() - 1).name();
            try (SegmentReader reader = SegmentReader.open(storage, newest)) {
                if (reader != null) {
                    return findEnd(newest, reader);
                }
            }
            // Its writer died before it wrote a message.
            storage.delete(newest.file());
            segments.remove(newest);
            counting = segments.counting();
        }
        return 0;
    }

    private long findEnd(SegmentName newest, SegmentReader reader) throws IOException {
        long end = newest.first() - 1;
        previous = reader.header().previous();
        previousFirst = reader.header().previousFirst();
        for (RecordDecoder.Entry entry = reader.next(); entry != null; entry = reader.next()) {
            end = entry.message().position();
            previous = end;
            previousFirst = newest.first();
        }
        if (TornTail.isDamage(storage, reader)) {
            throw new DamagedJournalException(storage, newest, reader.offset(), end + 1);
        }
        return end;
    }

    /** Without a state: what the newest completed checkpoint covers, or else the begin. */
    private long start() {
        List<Segments.Segment> counting = segments.counting();
        return covered > 0 || counting.isEmpty() ? covered : counting.get(0).name().first() - 1;
    }

    private void tellIfOther(long statePosition) {
        if (left < statePosition) {
            LOG.warn(
                    "The journal '{}' ends at position {} and the restored state is at position {}. Is 'scan.journal.path' the folder that the job had when the state was made? What was only in that one is missing.",
                    storage.location(),
                    left,
                    statePosition);
        }
    }

    /** Where it is, for messages. */
    public String location() {
        return storage.location();
    }

    /** Position behind which the replay begins. */
    public long from() {
        return from;
    }

    /** Position of the last message that is durable; 0 if there is none. */
    public long last() {
        return Math.max(left, previous);
    }

    /** Number of the attempt that this is. */
    public long attempt() {
        return attempt.number();
    }

    /** What older attempts left and the state does not have. */
    public Replay replay() {
        return new Replay(storage, segments.counting(), from, left);
    }

    /**
     * Appends a message; it is durable after {@link #commit}.
     *
     * @return the message with its position
     */
    public ReceivedMessage append(ReceivedMessage message) throws IOException {
        if (writer == null || !uncommitted && writer.size() >= segmentBytes) {
            roll();
        }
        uncommitted = true;
        ReceivedMessage placed = message.at(next++);
        writer.append(message, placed.position());
        return placed;
    }

    private void roll() throws IOException {
        if (writer != null) {
            writer.close();
            writer = null;
        }
        name = new SegmentName(attempt.number(), next, clock.millis());
        int mark = ThreadLocalRandom.current().nextInt();
        writer =
                SegmentWriter.create(
                        storage, new SegmentHeader(mark, name, previous, previousFirst));
        previousFirst = name.first();
        segments.put(name, writer.size());
    }

    /**
     * Makes durable what was appended. When this returns it may be acknowledged and emitted.
     *
     * @throws IOException if that fails or a newer attempt has taken over; then nothing of it may
     */
    public void commit() throws IOException {
        if (uncommitted) {
            writer.sync();
            attempt.requireNewest();
            uncommitted = false;
            previous = next - 1;
            segments.put(name, writer.size());
        }
    }

    /**
     * A checkpoint is complete that has the messages up to a position. Remembers that and deletes
     * what is no longer needed.
     */
    public void covered(long position) throws IOException {
        if (position != covered) {
            markers.write(new Markers.Marker(position, clock.millis()));
            covered = position;
        }
        for (SegmentName expired : segments.expired(covered, clock.millis(), retention)) {
            storage.delete(expired.file());
            segments.remove(expired);
        }
    }

    /**
     * The session is over and a completed checkpoint covers all its messages: {@link
     * JournalFolder#deleteEnded} may delete the journal when the retention is over. An attempt that
     * opens it again takes that back.
     */
    public void end() throws IOException {
        byte[] when = String.valueOf(clock.millis()).getBytes(UTF_8);
        try (JournalStorage.Appender file = storage.create(JournalFolder.ENDED)) {
            file.append(when, 0, when.length);
            file.sync();
        }
    }

    /** Size of its files together. */
    public long bytes() {
        return segments.bytes();
    }

    @Override
    public void close() throws IOException {
        if (writer != null) {
            writer.close();
            writer = null;
        }
    }
}
