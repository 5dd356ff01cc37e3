package io.millrace.mqtt.source.reader;

import io.millrace.common.deadletter.DeadLetterWriter;
import io.millrace.mqtt.client.ClientIds;
import io.millrace.mqtt.client.MqttClientFactory;
import io.millrace.mqtt.client.MqttFailure;
import io.millrace.mqtt.source.AckMode;
import io.millrace.mqtt.source.MessageDecoder;
import io.millrace.mqtt.source.MqttSourceSettings;
import io.millrace.mqtt.source.journal.JournalFolder;
import io.millrace.mqtt.source.split.MqttSplit;
import io.millrace.mqtt.source.split.SessionEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.util.FlinkRuntimeException;
import org.apache.flink.util.UserCodeClassLoader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the sessions that the enumerator assigned. It is written on Flink's interface and not on
 * its reader base: a session has a thread of its own for the network, so a fetcher between it and
 * the task would only pass batches on.
 *
 * <p>All methods are called by the task's thread; none waits for the network.
 *
 * @param <T> the type of the records
 */
public final class MqttSourceReader<T> implements SourceReader<T, MqttSplit> {
    /**
     * How long nothing must come before a session that is given up counts as empty. A broker sends
     * what it keeps for a session at once, and more with each acknowledgement, so this is long.
     */
    public static final Duration QUIET = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(MqttSourceReader.class);

    private final SourceReaderContext context;
    private final MqttSourceSettings settings;
    private final MessageDecoder<T> decoder;
    private final MqttClientFactory clients;
    private final SessionTiming timing;
    private final MqttSourceMetrics metrics;
    private final Availability availability = new Availability();
    private final List<SessionReader<T>> sessions = new ArrayList<>();
    private DeadLetterWriter deadLetters;
    private int turn;
    private boolean idle;

    /**
     * @param patience how long a client may be kept from reading at the bound; null for what the
     *     keep-alive allows
     * @param quiet {@link #QUIET}, but for tests
     */
    public MqttSourceReader(
            SourceReaderContext context,
            MqttSourceSettings settings,
            MessageDecoder<T> decoder,
            MqttClientFactory clients,
            Duration patience,
            Duration quiet) {
        this.context = context;
        this.settings = settings;
        this.decoder = decoder;
        this.clients = clients;
        this.timing = new SessionTiming(patience, quiet);
        this.metrics = new MqttSourceMetrics(context.metricGroup(), settings.rules());
    }

    @Override
    public void start() {
        if (settings.ackMode() == AckMode.RECEIVE) {
            LOG.warn(
                    "'scan.ack-mode' is 'receive': messages of '{}' are acknowledged when they are handed to the job and are lost if it fails before they are written.",
                    settings.topic());
        }
        try {
            if (settings.ackMode() == AckMode.JOURNAL) {
                JournalFolder.of(settings.journal()).check();
                metrics.showJournals();
            }
            deadLetters =
                    settings.deadLetters()
                            .open(
                                    "mqtt-"
                                            + ClientIds.hash(
                                                    settings.clientIdPrefix() + settings.topic())
                                            + "-"
                                            + context.getIndexOfSubtask());
            decoder.open(new DecoderContext(context));
        } catch (Exception e) {
            throw new FlinkRuntimeException("The MQTT source cannot start: " + e.getMessage(), e);
        }
    }

    @Override
    public void addSplits(List<MqttSplit> splits) {
        for (MqttSplit split : splits) {
            MqttSession session = new MqttSession(split, settings, clients, timing, new Events());
            SessionReader<T> reader =
                    new SessionReader<>(split, settings, session, decoder, deadLetters, metrics);
            sessions.add(reader);
            metrics.add(reader);
            session.start();
        }
        availability.signal();
    }

    @Override
    public InputStatus pollNext(ReaderOutput<T> output) throws IOException {
        for (int i = 0; i < sessions.size(); i++) {
            SessionReader<T> session = sessions.get(turn % sessions.size());
            turn = (turn + 1) % sessions.size();
            if (session.hasNews() && isOver(session, output)) {
                return InputStatus.MORE_AVAILABLE;
            }
            if (!session.hasOutput()) {
                session.setOutput(output.createOutputForSplit(session.split().splitId()));
            }
            if (session.emitNext()) {
                return InputStatus.MORE_AVAILABLE;
            }
        }
        if (sessions.isEmpty() && !idle) {
            // There may be more readers than sessions; this one must not hold watermarks back.
            idle = true;
            output.markIdle();
        }
        return InputStatus.NOTHING_AVAILABLE;
    }

    /**
     * Looks at what has become of a session.
     *
     * @return whether it has ended and is no longer in the list
     * @throws IOException if it has failed
     */
    private boolean isOver(SessionReader<T> session, ReaderOutput<T> output) throws IOException {
        String clientId = session.split().clientId();
        switch (session.noteState()) {
            case FAILED -> {
                MqttFailure failure = session.session().failure();
                throw new IOException(failure.getMessage(), failure);
            }
            case SUBSCRIBED -> {
                if (session.noteSubscribed()) {
                    context.sendSourceEventToCoordinator(new SessionEvent.Subscribed(clientId));
                }
            }
            case ENDED -> {
                sessions.remove(session);
                output.releaseOutputForSplit(session.split().splitId());
                metrics.drained(session);
                context.sendSourceEventToCoordinator(new SessionEvent.Ended(clientId));
                return true;
            }
            default -> {}
        }
        return false;
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
        CompletableFuture<Void> signal = availability.arm();
        // Only after arming: what comes between the two looks is signalled.
        for (SessionReader<T> session : sessions) {
            if (session.isReady() || session.hasNews()) {
                return Availability.NOW;
            }
        }
        return signal;
    }

    @Override
    public List<MqttSplit> snapshotState(long checkpointId) {
        try {
            deadLetters.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("Dead letters cannot be kept", e);
        }
        return sessions.stream().map(session -> session.snapshot(checkpointId)).toList();
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) {
        sessions.forEach(session -> session.checkpointComplete(checkpointId));
    }

    @Override
    public void notifyNoMoreSplits() {
        // Sessions do not end.
    }

    @Override
    public void pauseOrResumeSplits(
            Collection<String> splitsToPause, Collection<String> splitsToResume) {
        for (SessionReader<T> session : sessions) {
            String id = session.split().splitId();
            if (splitsToPause.contains(id)) {
                session.setPaused(true);
            } else if (splitsToResume.contains(id)) {
                session.setPaused(false);
            }
        }
        availability.signal();
    }

    @Override
    public void close() throws IOException {
        sessions.forEach(session -> session.session().beginClose());
        sessions.forEach(session -> session.session().close());
        if (deadLetters != null) {
            deadLetters.close();
        }
    }

    /** Called by the sessions' and the clients' threads. */
    private final class Events implements MqttSession.Events {
        @Override
        public void reconnected() {
            metrics.reconnected();
        }

        @Override
        public void droppedQos0(int count) {
            metrics.droppedQos0(count);
        }

        @Override
        public void changed() {
            availability.signal();
        }

        @Override
        public void ready() {
            availability.signal();
        }
    }

    private record DecoderContext(SourceReaderContext context)
            implements DeserializationSchema.InitializationContext {
        @Override
        public MetricGroup getMetricGroup() {
            return context.metricGroup().addGroup("deserializer");
        }

        @Override
        public UserCodeClassLoader getUserCodeClassLoader() {
            return context.getUserCodeClassLoader();
        }
    }
}
