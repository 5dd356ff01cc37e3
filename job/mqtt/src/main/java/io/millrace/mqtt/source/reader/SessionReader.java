package io.millrace.mqtt.source.reader;

import io.millrace.common.deadletter.DeadLetterWriter;
import io.millrace.mqtt.client.ReceivedMessage;
import io.millrace.mqtt.source.AckMode;
import io.millrace.mqtt.source.Deduplication;
import io.millrace.mqtt.source.MessageDecoder;
import io.millrace.mqtt.source.MqttSourceSettings;
import io.millrace.mqtt.source.split.MqttSplit;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.util.Collector;

/**
 * The task's side of one session: decodes and emits its messages and keeps its ledger. All methods
 * are called by the task's thread, but for those that metrics use.
 *
 * @param <T> the type of the records
 */
final class SessionReader<T> {
    private static final long NOTHING = Long.MAX_VALUE;

    /** So many messages are released together at most, so that the client can go on soon. */
    private static final int RELEASED = 1_000;

    private final MqttSplit split;
    private final MqttSourceSettings settings;
    private final MqttSession session;
    private final SessionBuffer buffer;
    private final Inbox inbox;
    private final MessageDecoder<T> decoder;
    private final DeadLetterWriter deadLetters;
    private final MqttSourceMetrics metrics;
    private final AckLedger ledger = new AckLedger();
    // Stands still without a journal.
    private final EmittedPositions positions;
    private final WindowWatch windowWatch = new WindowWatch();
    private final RetainedMessages retained;
    private final Deduplicator deduplicator;
    private final List<T> rows = new ArrayList<>();
    private final Collector<T> collector = new ListCollector<>(rows);

    private SourceOutput<T> output;
    private List<ReceivedMessage> batch = List.of();
    private int next;
    private boolean paused;
    private long handOvers;
    private SessionState seenState = SessionState.CONNECTING;
    private boolean subscribed;
    private boolean toldWindow;

    // Of this batch: messages that are done with, repetitions, and those that were left out.
    private int doneMessages;
    private long doneBytes;
    private int redeliveries;
    private int duplicates;

    // Written by the task's thread, read by metrics.
    private volatile long oldestReceivedAt = NOTHING;
    private volatile int window;

    SessionReader(
            MqttSplit split,
            MqttSourceSettings settings,
            MqttSession session,
            MessageDecoder<T> decoder,
            DeadLetterWriter deadLetters,
            MqttSourceMetrics metrics) {
        this.split = split;
        this.settings = settings;
        this.session = session;
        this.buffer = session.buffer();
        this.inbox = session.inbox();
        this.positions = new EmittedPositions(split.position());
        this.decoder = decoder;
        this.deadLetters = deadLetters;
        this.metrics = metrics;
        this.retained = new RetainedMessages(settings);
        this.deduplicator =
                new Deduplicator(
                        settings.deduplication() == Deduplication.SESSION
                                ? new Repeats(split.unconfirmed())
                                : null,
                        session.confirmations());
    }

    MqttSplit split() {
        return split;
    }

    MqttSession session() {
        return session;
    }

    /** Whether {@link #emitNext} has something to do. */
    boolean isReady() {
        return !paused && !inbox.isHeld() && (next < batch.size() || inbox.isReady());
    }

    /** Whether the session does something else than when {@link #noteState} was called last. */
    boolean hasNews() {
        return session.state() != seenState;
    }

    /** Takes note of what the session does just now. */
    SessionState noteState() {
        seenState = session.state();
        return seenState;
    }

    /** Whether the session has subscribed for the first time; true once. */
    boolean noteSubscribed() {
        boolean first = !subscribed;
        subscribed = true;
        return first;
    }

    boolean hasOutput() {
        return output != null;
    }

    void setOutput(SourceOutput<T> output) {
        this.output = output;
    }

    void setPaused(boolean paused) {
        this.paused = paused;
    }

    /**
     * Emits the records of one message.
     *
     * @return false if there is none
     * @throws IOException if a dead letter cannot be kept
     */
    boolean emitNext() throws IOException {
        if (paused || inbox.isHeld()) {
            return false;
        }
        if (next == batch.size()) {
            deduplicator.beginBatch();
            batch = inbox.take();
            next = 0;
            if (batch.isEmpty()) {
                deduplicator.endBatch();
                return false;
            }
            metrics.fetched(batch.get(0));
        }
        ReceivedMessage message = batch.get(next++);
        redeliveries += message.repeated() ? 1 : 0;
        if (inbox.isRepeated(message)) {
            deduplicator.passedOver(message);
            done(message);
        } else {
            if (deduplicator.isRepeat(message)) {
                duplicates++;
            } else if (retained.isWanted(message)) {
                emit(message);
            }
            enter(message);
        }
        if (next == batch.size()) {
            endBatch();
        }
        return true;
    }

    private void emit(ReceivedMessage message) throws IOException {
        rows.clear();
        metrics.handedOn(message.payload().length);
        try {
            decoder.decode(message, collector);
            if (rows.size() != 1) {
                metrics.expanded();
            }
        } catch (Exception e) {
            // Whatever a format throws: the message cannot be decoded, now or later.
            rows.clear();
            metrics.deadLetter();
            deadLetters.write(
                    Undecodable.letter(
                            message,
                            decoder.publisher(message),
                            split.clientId(),
                            settings.rules(),
                            e));
        }
        for (int i = 0; i < rows.size(); i++) {
            output.collect(rows.get(i), message.receivedAt());
        }
    }

    private void enter(ReceivedMessage message) {
        positions.emitted(message.position());
        if (message.qos() == 0 || message.position() > 0) {
            done(message);
            return;
        }
        deduplicator.entered(message);
        ledger.emitted(message.epoch(), message.packetId(), message.size(), message.receivedAt());
        if (oldestReceivedAt == NOTHING) {
            oldestReceivedAt = message.receivedAt();
        }
    }

    private void done(ReceivedMessage message) {
        if (message.epoch() == 0) {
            // Of an earlier attempt, so the buffer does not hold it.
            metrics.replayed();
            return;
        }
        doneMessages++;
        doneBytes += message.size();
        if (doneMessages >= RELEASED) {
            release();
        }
    }

    private void release() {
        buffer.release(doneMessages, doneBytes);
        doneMessages = 0;
        doneBytes = 0;
    }

    private void endBatch() {
        batch = List.of();
        next = 0;
        deduplicator.endBatch();
        if (redeliveries > 0) {
            metrics.repeated(redeliveries, duplicates);
            redeliveries = 0;
            duplicates = 0;
        }
        if (doneMessages > 0) {
            release();
        }
        if (settings.ackMode() == AckMode.RECEIVE) {
            // Each hand-over counts as a checkpoint that is complete at once.
            handOvers++;
            ledger.snapshot(handOvers);
            complete(handOvers);
        }
    }

    /** A checkpoint begins; returns the session as it has been read so far. */
    MqttSplit snapshot(long checkpointId) {
        if (settings.ackMode() == AckMode.CHECKPOINT) {
            watchWindow();
            ledger.snapshot(checkpointId);
        }
        if (next == batch.size()) {
            // What was confirmed since the last message came need not go into the state.
            deduplicator.beginBatch();
            if (buffer.waiting() == 0) {
                deduplicator.endBatch();
            }
        }
        if (session.journal() != null) {
            positions.emitted(session.journal().from());
        }
        return split.at(positions.snapshot(checkpointId), deduplicator.unconfirmed());
    }

    private void watchWindow() {
        window = windowWatch.snapshot(ledger.messages(), buffer.messages(), oldestReceivedAt);
        if (window > 0 && !toldWindow) {
            toldWindow = true;
            session.tellWindow(window);
        }
    }

    /** A checkpoint is complete. */
    void checkpointComplete(long checkpointId) {
        if (settings.ackMode() == AckMode.CHECKPOINT) {
            complete(checkpointId);
            windowWatch.acknowledged(System.currentTimeMillis());
        }
        long position = positions.complete(checkpointId);
        if (session.journal() != null) {
            session.journal().covered(position);
        }
    }

    private void complete(long id) {
        Receipt receipt = ledger.complete(id);
        deduplicator.acknowledged(receipt.count());
        session.acknowledge(receipt);
        oldestReceivedAt = ledger.oldestReceivedAt().orElse(NOTHING);
    }

    /** For metrics. */
    SessionBuffer buffer() {
        return buffer;
    }

    /** For metrics: how many messages wait to be emitted. */
    int waiting() {
        return buffer == inbox ? buffer.waiting() : buffer.waiting() + inbox.waiting();
    }

    /** For metrics: in milliseconds. */
    long oldestUnackedAge() {
        long oldest = oldestReceivedAt;
        return oldest == NOTHING ? 0 : Math.max(0, System.currentTimeMillis() - oldest);
    }

    /** For metrics: how many messages the broker sends without an acknowledgement; 0: enough. */
    int window() {
        return window;
    }

    private record ListCollector<T>(List<T> target) implements Collector<T> {
        @Override
        public void collect(T record) {
            target.add(record);
        }

        @Override
        public void close() {}
    }
}
