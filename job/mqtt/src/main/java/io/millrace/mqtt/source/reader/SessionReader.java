package io.millrace.mqtt.source.reader;

import io.millrace.common.deadletter.DeadLetterWriter;
import io.millrace.mqtt.client.ProtocolVersion;
import io.millrace.mqtt.client.ReceivedMessage;
import io.millrace.mqtt.source.AckMode;
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

    private MqttSplit split;
    private final MqttSourceSettings settings;
    private final MqttSession session;
    private final SessionBuffer buffer;
    private final Inbox inbox;
    private final MessageDecoder<T> decoder;
    private final DeadLetterWriter deadLetters;
    private final MqttSourceMetrics metrics;
    private final AckLedger ledger = new AckLedger();
    private final EmittedPositions positions;
    private final WindowWatch windowWatch = new WindowWatch();
    private final RetainedRepeats retainedRepeats;
    private final List<T> rows = new ArrayList<>();
    private final Collector<T> collector = new ListCollector<>(rows);

    private SourceOutput<T> output;
    private List<ReceivedMessage> batch = List.of();
    private int next;
    private boolean paused;
    private long handOvers;

    // Messages of this batch that are done with and need no acknowledgement from here.
    private int doneMessages;
    private long doneBytes;

    // Written by the task's thread, read by metrics.
    private volatile long oldestReceivedAt = NOTHING;

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
        this.retainedRepeats =
                settings.connection().version() == ProtocolVersion.V3_1_1
                        ? new RetainedRepeats()
                        : null;
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
            batch = inbox.take();
            next = 0;
            if (batch.isEmpty()) {
                return false;
            }
        }
        ReceivedMessage message = batch.get(next++);
        if (inbox.isRepeated(message)) {
            done(message);
        } else {
            if (retainedRepeats == null || !retainedRepeats.isRepeat(message)) {
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
        if (settings.ackMode() == AckMode.JOURNAL) {
            positions.emitted(message.position());
        }
        if (message.qos() == 0 || settings.ackMode() == AckMode.JOURNAL) {
            done(message);
            return;
        }
        ledger.emitted(message.epoch(), message.packetId(), message.size(), message.receivedAt());
        if (oldestReceivedAt == NOTHING) {
            oldestReceivedAt = message.receivedAt();
        }
    }

    private void done(ReceivedMessage message) {
        if (message.epoch() == 0) {
            // From an earlier attempt's journal, so not held by the buffer.
            metrics.replayed();
            return;
        }
        doneMessages++;
        doneBytes += message.size();
    }

    private void endBatch() {
        batch = List.of();
        next = 0;
        if (doneMessages > 0) {
            buffer.release(doneMessages, doneBytes);
            doneMessages = 0;
            doneBytes = 0;
        }
        if (settings.ackMode() == AckMode.RECEIVE) {
            // Each hand-over counts as a checkpoint that is complete at once.
            handOvers++;
            ledger.snapshot(handOvers);
            complete(handOvers);
        }
    }

    /** A checkpoint begins. */
    void snapshot(long checkpointId) {
        if (settings.ackMode() == AckMode.JOURNAL) {
            positions.emitted(session.journal().from());
            split = split.at(positions.snapshot(checkpointId), split.unconfirmed());
        }
        if (settings.ackMode() != AckMode.CHECKPOINT) {
            return;
        }
        if (windowWatch.snapshot(ledger.messages(), buffer.messages(), oldestReceivedAt)) {
            session.tellWindow(ledger.messages());
        }
        ledger.snapshot(checkpointId);
    }

    /** A checkpoint is complete. */
    void checkpointComplete(long checkpointId) {
        if (settings.ackMode() == AckMode.JOURNAL) {
            session.journal().covered(positions.complete(checkpointId));
        }
        if (settings.ackMode() == AckMode.CHECKPOINT) {
            complete(checkpointId);
            windowWatch.acknowledged(System.currentTimeMillis());
        }
    }

    private void complete(long id) {
        session.acknowledge(ledger.complete(id));
        oldestReceivedAt = ledger.oldestReceivedAt().orElse(NOTHING);
    }

    /** For metrics. */
    SessionBuffer buffer() {
        return buffer;
    }

    /** For metrics: in milliseconds. */
    long oldestUnackedAge() {
        long oldest = oldestReceivedAt;
        return oldest == NOTHING ? 0 : Math.max(0, System.currentTimeMillis() - oldest);
    }

    /** For metrics: how many messages wait to be emitted. */
    int waiting() {
        return buffer == inbox ? buffer.waiting() : buffer.waiting() + inbox.waiting();
    }

    /** For metrics: null if there is none. */
    SessionJournal journal() {
        return session.journal();
    }

    /** For metrics. */
    boolean isConnected() {
        return session.isConnected();
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
