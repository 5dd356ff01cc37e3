package io.millrace.mqtt.source.reader;

import io.millrace.mqtt.client.MqttFailure;
import io.millrace.mqtt.client.ReceivedMessage;
import io.millrace.mqtt.source.JournalSettings;
import io.millrace.mqtt.source.journal.Journal;
import io.millrace.mqtt.source.journal.JournalException;
import io.millrace.mqtt.source.journal.JournalFolder;
import io.millrace.mqtt.source.split.MqttSplit;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the journal of one session, in a thread of its own: replays what earlier attempts left,
 * then takes what the client put into the buffer, makes it durable, has it acknowledged and hands
 * it to the task's thread. All that comes while the disk works is made durable together, next.
 *
 * <p>QoS 0 messages go the same way without being written, so that the order stays.
 */
final class SessionJournal {
    /** What the journal's thread tells its session. */
    interface Host {
        /** The journal is open: the session may connect. */
        void opened();

        /** These messages are durable. */
        void acknowledge(Receipt receipt);

        /** The journal cannot go on. */
        void failed(MqttFailure failure);

        /** All that will be acknowledged has been: the session may end. */
        void ended();
    }

    private static final Logger LOG = LoggerFactory.getLogger(SessionJournal.class);

    private static final long UNKNOWN = -1;

    /** Checkpoints may be more frequent than it is worth to note them. */
    private static final long MARK_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final long TIDY_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final MqttSplit split;
    private final JournalSettings settings;
    private final SessionBuffer buffer;
    private final Host host;
    private final JournalInbox inbox;
    private final JournalSignals signals = new JournalSignals();
    private final Thread thread;

    // Written by the journal's thread, read by any.
    private volatile long from = UNKNOWN;
    private volatile long last = UNKNOWN;
    private volatile long bytes;
    private volatile long syncMillis;

    // The journal's thread only.
    private long marked;
    private long markedAt = System.nanoTime() - MARK_NANOS;

    /**
     * @param buffer where the client puts messages
     * @param onReady called when there are messages to take
     */
    SessionJournal(
            MqttSplit split,
            JournalSettings settings,
            SessionBuffer buffer,
            Host host,
            Runnable onReady) {
        this.split = split;
        this.settings = settings;
        this.buffer = buffer;
        this.host = host;
        this.inbox = new JournalInbox(onReady, signals::wake);
        this.thread = new Thread(this::run, "mqtt-journal-" + split.clientId());
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Where the task's thread takes messages. */
    Inbox inbox() {
        return inbox;
    }

    /** Position behind which the session began; 0 as long as that is not known. */
    long from() {
        return Math.max(0, from);
    }

    /** Whether completed checkpoints have all messages that are in the journal. */
    boolean isCovered() {
        return last != UNKNOWN && Math.max(from, signals.covered()) >= last;
    }

    /** For metrics: size of the journal. */
    long bytes() {
        return bytes;
    }

    /** For metrics: how long the last sync took. */
    long syncMillis() {
        return syncMillis;
    }

    /** There is something to do. Any thread. */
    void wake() {
        signals.wake();
    }

    /** A checkpoint is complete that has the messages up to a position. Returns at once. */
    void covered(long position) {
        signals.cover(position);
    }

    /** The session is over and a checkpoint covers all of it: its journal may go in time. */
    void end() {
        signals.end();
    }

    /** Begins to end: what is being written is still acknowledged. */
    void beginClose() {
        signals.close();
    }

    /** Waits for the end. */
    void close(long millis) {
        beginClose();
        try {
            thread.join(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            LOG.warn(
                    "The disk does not answer: the journal of session '{}' is left alone.",
                    split.clientId());
            thread.interrupt();
        }
    }

    private void run() {
        try {
            JournalFolder folder = JournalFolder.of(settings);
            try (Journal journal = folder.open(split.clientId(), split.position());
                    ReplayFeed replay = new ReplayFeed(split.clientId(), journal, inbox)) {
                begin(journal);
                host.opened();
                tidy(folder);
                serve(journal, replay);
            }
        } catch (JournalException e) {
            fail(e.getMessage(), e);
        } catch (IOException e) {
            fail(
                    "the folder '"
                            + settings.path()
                            + "' cannot be read or written ("
                            + e
                            + "). See that the disk works and has space. What is not in the journal was not acknowledged, so the broker sends it again.",
                    e);
        } catch (RuntimeException e) {
            fail(e.toString(), e);
        } finally {
            host.ended();
        }
    }

    private void fail(String text, Exception cause) {
        host.failed(
                MqttFailure.permanent(
                        "The journal of session '" + split.clientId() + "': " + text, cause));
    }

    private void begin(Journal journal) {
        from = journal.from();
        last = journal.last();
        marked = journal.from();
        bytes = journal.bytes();
    }

    private void tidy(JournalFolder folder) {
        try {
            folder.deleteEnded();
        } catch (IOException e) {
            // Others may be at it, too.
            LOG.warn("Journals of sessions that are over cannot be deleted: {}", e.toString());
        }
    }

    private void serve(Journal journal, ReplayFeed replay) throws IOException {
        while (!signals.isClosing()) {
            boolean worked = keep(journal, buffer.take());
            worked |= replay.next();
            mark(journal, false);
            if (!worked) {
                // At the latest when what was covered meanwhile may be noted.
                signals.await(TimeUnit.NANOSECONDS.toMillis(MARK_NANOS));
            }
        }
        mark(journal, true);
        if (signals.isOver()) {
            journal.end();
        }
    }

    /**
     * Makes messages durable, then lets them go both ways.
     *
     * @return false if there were none
     */
    private boolean keep(Journal journal, List<ReceivedMessage> messages) throws IOException {
        if (messages.isEmpty()) {
            return false;
        }
        int[] epochs = new int[messages.size()];
        int[] packetIds = new int[messages.size()];
        int count = 0;
        List<ReceivedMessage> kept = new ArrayList<>(messages.size());
        for (int i = 0; i < messages.size(); i++) {
            ReceivedMessage message = messages.get(i);
            if (message.qos() == 0) {
                kept.add(message);
            } else if (buffer.isRepeated(message)) {
                buffer.release(1, message.size());
            } else {
                kept.add(journal.append(message));
                epochs[count] = message.epoch();
                packetIds[count] = message.packetId();
                count++;
            }
        }
        if (count > 0) {
            long start = System.nanoTime();
            journal.commit();
            last = journal.last();
            syncMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
            bytes = journal.bytes();
            host.acknowledge(new Receipt(count, epochs, packetIds, 0));
        }
        inbox.put(kept);
        return true;
    }

    /**
     * Notes what completed checkpoints cover, each second at most, and deletes what need not be
     * kept any more, also when nothing new is covered.
     */
    private void mark(Journal journal, boolean last) throws IOException {
        long position = signals.covered();
        long since = System.nanoTime() - markedAt;
        boolean due = position == marked ? since >= TIDY_NANOS : last || since >= MARK_NANOS;
        if (position != 0 && due) {
            journal.covered(position);
            marked = position;
            markedAt = System.nanoTime();
            bytes = journal.bytes();
        }
    }
}
