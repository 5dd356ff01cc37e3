package io.millrace.mqtt.publish;

import io.millrace.mqtt.client.OutgoingMessage;
import io.millrace.mqtt.client.Publication;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The messages that were handed over and are not all done with, in their order, and what has become
 * of each. Not thread-safe.
 *
 * <p>A message is kept until all before it are done with, since one that has to be sent again takes
 * the later ones of its topic with it: whoever reads the topic may see messages twice, but what
 * comes last is what was handed over last.
 */
final class PublicationQueue {
    private enum State {
        /** To be sent, perhaps again. */
        WAITING,
        /** Sent, and neither acknowledged (QoS 1) nor written (QoS 0). */
        SENT,
        /** The broker has it. */
        ACKNOWLEDGED,
        /** Nothing more can be done for it: refused for good, or QoS 0 of a lost connection. */
        GIVEN_UP
    }

    private static final class Entry {
        final Publication publication;
        final int size;
        State state = State.WAITING;
        long sentAt;
        boolean sentBefore;
        boolean counted;

        /** When this answer has come, send it again: one before it of its topic was refused. */
        boolean again;

        Entry(Publication publication) {
            this.publication = publication;
            this.size = publication.message().size();
        }

        String topic() {
            return publication.message().topic();
        }

        /** A message of QoS 0 is sent once at most. */
        boolean isRepeatable() {
            return publication.message().qos() > 0;
        }
    }

    private final PublishEvents events;

    /** A ring; the entry of a number is at that number modulo its length, a power of two. */
    private Entry[] ring = new Entry[64];

    private long first;
    private long next;
    private long cursor;
    private int inFlight;
    private long bytes;

    PublicationQueue(PublishEvents events) {
        this.events = events;
    }

    /** Messages that are not done with, or that wait for one before them. */
    int size() {
        return (int) (next - first);
    }

    long bytes() {
        return bytes;
    }

    /** Messages that were sent and wait for an answer. */
    int inFlight() {
        return inFlight;
    }

    /** The first message that is not done with; null if there is none. */
    OutgoingMessage first() {
        return first == next ? null : at(first).publication.message();
    }

    void add(OutgoingMessage message) {
        if (size() == ring.length) {
            grow();
        }
        Entry entry = new Entry(new Publication(next, message));
        ring[index(next)] = entry;
        next++;
        bytes += entry.size;
    }

    /** Whether {@link #take} would give something within this window. */
    boolean hasWork(int window) {
        skip();
        return cursor < next && at(cursor).state == State.WAITING && inFlight < window;
    }

    /**
     * Takes what is to be sent now.
     *
     * @param window how many may be in flight
     * @param most how many to take
     * @param mostBytes how many bytes are enough
     */
    List<Publication> take(int window, int most, long mostBytes, long nowNanos) {
        List<Publication> taken = new ArrayList<>();
        long takenBytes = 0;
        while (taken.size() < most && takenBytes < mostBytes && hasWork(window)) {
            Entry entry = at(cursor);
            cursor++;
            entry.state = State.SENT;
            entry.sentAt = nowNanos;
            if (entry.sentBefore) {
                events.repeated();
            }
            entry.sentBefore = true;
            inFlight++;
            takenBytes += entry.size;
            taken.add(entry.publication);
        }
        return taken;
    }

    /** Moves on to the next one to send; stops at one that will have to be sent again. */
    private void skip() {
        while (cursor < next) {
            Entry entry = at(cursor);
            if (entry.state == State.WAITING || entry.again) {
                return;
            }
            cursor++;
        }
    }

    /** The broker has taken a message. */
    void acknowledged(long number, long nowNanos) {
        Entry entry = sent(number);
        if (entry == null) {
            return;
        }
        inFlight--;
        if (entry.again) {
            entry.again = false;
            entry.state = State.WAITING;
            cursor = Math.min(cursor, number);
            return;
        }
        entry.state = State.ACKNOWLEDGED;
        if (!entry.counted) {
            entry.counted = true;
            events.delivered(entry.publication.message(), (nowNanos - entry.sentAt) / 1_000_000);
        }
        settle();
    }

    /** A message was refused for good; false if it is not known any more. */
    boolean refusedForGood(long number) {
        Entry entry = sent(number);
        if (entry == null) {
            return false;
        }
        inFlight--;
        entry.again = false;
        entry.state = State.GIVEN_UP;
        settle();
        return true;
    }

    /** A message was refused for now: it and the later ones of its topic are sent again. */
    boolean refusedForNow(long number) {
        Entry entry = sent(number);
        if (entry == null) {
            return false;
        }
        inFlight--;
        entry.again = false;
        entry.state = State.WAITING;
        cursor = Math.min(cursor, number);
        for (long later = number + 1; later < next; later++) {
            Entry other = at(later);
            if (other.isRepeatable() && other.topic().equals(entry.topic())) {
                if (other.state == State.ACKNOWLEDGED) {
                    other.state = State.WAITING;
                } else if (other.state == State.SENT) {
                    other.again = true;
                }
            }
        }
        return true;
    }

    /** The connection is gone: nothing that was sent will be answered any more. */
    void rewind() {
        Set<String> topics = new HashSet<>();
        for (long number = first; number < next; number++) {
            Entry entry = at(number);
            entry.again = false;
            if (entry.state == State.SENT && !entry.isRepeatable()) {
                entry.state = State.GIVEN_UP;
                events.uncertain();
            } else if (entry.state == State.SENT || entry.state == State.WAITING) {
                entry.state = State.WAITING;
                topics.add(entry.topic());
            } else if (entry.state == State.ACKNOWLEDGED
                    && entry.isRepeatable()
                    && topics.contains(entry.topic())) {
                entry.state = State.WAITING;
            }
        }
        inFlight = 0;
        cursor = first;
        settle();
    }

    /** Forgets the first ones as far as they are done with. */
    private void settle() {
        while (first < next) {
            Entry entry = at(first);
            if (entry.state != State.ACKNOWLEDGED && entry.state != State.GIVEN_UP) {
                return;
            }
            ring[index(first)] = null;
            first++;
            cursor = Math.max(cursor, first);
            bytes -= entry.size;
        }
    }

    private Entry sent(long number) {
        if (number < first || number >= next) {
            return null;
        }
        Entry entry = at(number);
        return entry.state == State.SENT ? entry : null;
    }

    private Entry at(long number) {
        return ring[index(number)];
    }

    private int index(long number) {
        return (int) number & (ring.length - 1);
    }

    private void grow() {
        Entry[] old = ring;
        ring = new Entry[old.length * 2];
        for (long number = first; number < next; number++) {
            ring[index(number)] = old[(int) number & (old.length - 1)];
        }
        Arrays.fill(old, null);
    }
}
