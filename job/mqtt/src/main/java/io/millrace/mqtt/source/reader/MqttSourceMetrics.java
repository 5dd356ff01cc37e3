package io.millrace.mqtt.source.reader;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.ThreadSafeSimpleCounter;
import org.apache.flink.metrics.groups.SourceReaderMetricGroup;

/** All metrics of a source reader. Gauges are read by any thread. */
final class MqttSourceMetrics {
    private final List<SessionReader<?>> sessions = new CopyOnWriteArrayList<>();
    private final MetricGroup mqtt;
    private final Counter recordsIn;
    private final Counter bytesIn;
    private final Counter errors;
    private final Counter deadLetters;
    // Counted by the sessions' threads.
    private final Counter reconnects;
    private final Counter droppedQos0;
    private final Counter replayed;

    MqttSourceMetrics(SourceReaderMetricGroup metrics) {
        recordsIn = metrics.getIOMetricGroup().getNumRecordsInCounter();
        bytesIn = metrics.getIOMetricGroup().getNumBytesInCounter();
        errors = metrics.getNumRecordsInErrorsCounter();
        mqtt = metrics.addGroup("mqtt");
        replayed = mqtt.counter("replayedMessages");
        deadLetters = mqtt.counter("deadLetters");
        reconnects = mqtt.counter("reconnects", new ThreadSafeSimpleCounter());
        droppedQos0 = mqtt.counter("droppedQos0", new ThreadSafeSimpleCounter());
        mqtt.gauge(
                "unackedMessages",
                () -> sessions.stream().mapToLong(session -> session.buffer().messages()).sum());
        mqtt.gauge(
                "unackedBytes",
                () -> sessions.stream().mapToLong(session -> session.buffer().bytes()).sum());
        mqtt.gauge(
                "oldestUnackedAge",
                () -> sessions.stream().mapToLong(SessionReader::oldestUnackedAge).max().orElse(0));
        mqtt.gauge(
                "connected", () -> sessions.stream().allMatch(SessionReader::isConnected) ? 1 : 0);
        metrics.setPendingRecordsGauge(
                () -> sessions.stream().mapToLong(SessionReader::waiting).sum());
    }

    void add(SessionReader<?> session) {
        sessions.add(session);
    }

    void handedOn(int payloadBytes) {
        recordsIn.inc();
        bytesIn.inc(payloadBytes);
    }

    void deadLetter() {
        errors.inc();
        deadLetters.inc();
    }

    /** Gauges of the journals, if there are any. */
    void showJournals() {
        mqtt.gauge(
                "journalBytes",
                () -> sessions.stream().mapToLong(session -> session.journal().bytes()).sum());
        mqtt.gauge(
                "journalSyncTime",
                () ->
                        sessions.stream()
                                .mapToLong(session -> session.journal().syncMillis())
                                .max()
                                .orElse(0));
    }

    void replayed() {
        replayed.inc();
    }

    void reconnected() {
        reconnects.inc();
    }

    void droppedQos0(int count) {
        droppedQos0.inc(count);
    }
}
