package io.millrace.mqtt.source.reader;

import io.millrace.mqtt.client.ReceivedMessage;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.ToLongFunction;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.ThreadSafeSimpleCounter;
import org.apache.flink.metrics.groups.SourceReaderMetricGroup;

/**
 * All metrics of a source reader: of all its sessions in the group {@code mqtt}, of each in {@code
 * mqtt.session.<client id>}. Gauges are read by any thread. A session that has ended keeps its
 * group, since Flink takes metrics away with the task only; {@code state} tells.
 *
 * <p>For each rule that reads the topic the group {@code rule.<name>} shows the same counters: each
 * rule sees all messages. {@code expanded} are messages that became no row or several, which is why
 * a rule's numbers need not add up to them.
 */
final class MqttSourceMetrics {
    /** What Flink shows for a time that is not known yet. */
    private static final long NOTHING_FETCHED = -1;

    private final List<SessionReader<?>> sessions = new CopyOnWriteArrayList<>();
    private final Counter recordsIn;
    private final Counter bytesIn;
    private final Counter errors;
    private final Counter deadLetters;
    private final Counter redeliveries;
    private final Counter duplicatesDropped;
    private final Counter expanded;
    private final Counter drainedSessions;
    private final Counter replayedMessages;
    private final MetricGroup mqtt;
    // Counted by the sessions' threads.
    private final Counter reconnects;
    private final Counter droppedQos0;

    // Written by the task's thread, read by whoever reports.
    private volatile long fetchLag = NOTHING_FETCHED;

    /**
     * @param rules names of those that read the topic
     */
    MqttSourceMetrics(SourceReaderMetricGroup metrics, List<String> rules) {
        recordsIn = metrics.getIOMetricGroup().getNumRecordsInCounter();
        bytesIn = metrics.getIOMetricGroup().getNumBytesInCounter();
        errors = metrics.getNumRecordsInErrorsCounter();
        mqtt = metrics.addGroup("mqtt");
        deadLetters = mqtt.counter("deadLetters");
        redeliveries = mqtt.counter("redeliveries");
        duplicatesDropped = mqtt.counter("duplicatesDropped");
        expanded = mqtt.counter("expandedMessages");
        drainedSessions = mqtt.counter("drainedSessions");
        replayedMessages = mqtt.counter("replayedMessages");
        reconnects = mqtt.counter("reconnects", new ThreadSafeSimpleCounter());
        droppedQos0 = mqtt.counter("droppedQos0", new ThreadSafeSimpleCounter());
        mqtt.gauge("unackedMessages", () -> sum(session -> session.buffer().messages()));
        mqtt.gauge("unackedBytes", () -> sum(session -> session.buffer().bytes()));
        mqtt.gauge("oldestUnackedAge", () -> most(SessionReader::oldestUnackedAge));
        mqtt.gauge("connected", () -> sessions.stream().allMatch(MqttSourceMetrics::isUp) ? 1 : 0);
        // The tightest one tells what to raise.
        mqtt.gauge("inflightWindowEstimate", () -> least(SessionReader::window));
        metrics.gauge("currentFetchEventTimeLag", () -> fetchLag);
        metrics.setPendingRecordsGauge(() -> sum(SessionReader::waiting));
        rules.forEach(rule -> show(metrics.addGroup("rule", rule)));
    }

    private void show(MetricGroup rule) {
        // Not the counters themselves: Flink tells of each counter under one name only.
        rule.gauge("received", recordsIn::getCount);
        rule.gauge("undecodable", deadLetters::getCount);
        rule.gauge("expanded", expanded::getCount);
        rule.gauge("waiting", () -> sum(SessionReader::waiting));
        rule.gauge("unacked", () -> sum(session -> session.buffer().messages()));
        rule.gauge("lagMillis", () -> most(SessionReader::oldestUnackedAge));
    }

    void add(SessionReader<?> session) {
        sessions.add(session);
        MetricGroup group = mqtt.addGroup("session", session.split().clientId());
        group.gauge("connected", () -> isUp(session) ? 1 : 0);
        group.gauge("state", () -> session.session().state().code());
        group.gauge("unackedMessages", () -> session.buffer().messages());
        group.gauge("reconnects", () -> session.session().reconnects());
        group.gauge("inflightWindowEstimate", session::window);
    }

    /** The sessions have journals. */
    void showJournals() {
        mqtt.gauge("journalBytes", () -> sum(session -> session.session().journal().bytes()));
        mqtt.gauge(
                "journalSyncTime", () -> most(session -> session.session().journal().syncMillis()));
    }

    /** A session was read to its end. */
    void drained(SessionReader<?> session) {
        sessions.remove(session);
        drainedSessions.inc();
    }

    /**
     * Messages were taken over. A message's own time is that of its arrival, so the lag is how long
     * the first of them has waited since: in memory, or in the journal.
     */
    void fetched(ReceivedMessage first) {
        fetchLag = System.currentTimeMillis() - first.receivedAt();
    }

    /** Of a batch: repetitions that came, and those of them that were left out. */
    void repeated(int messages, int dropped) {
        redeliveries.inc(messages);
        duplicatesDropped.inc(dropped);
    }

    private static boolean isUp(SessionReader<?> session) {
        return session.session().state().isConnected();
    }

    private long sum(ToLongFunction<SessionReader<?>> value) {
        return sessions.stream().mapToLong(value).sum();
    }

    private long most(ToLongFunction<SessionReader<?>> value) {
        return sessions.stream().mapToLong(value).max().orElse(0);
    }

    private long least(ToLongFunction<SessionReader<?>> value) {
        return sessions.stream().mapToLong(value).filter(n -> n > 0).min().orElse(0);
    }

    void replayed() {
        replayedMessages.inc();
    }

    void handedOn(int payloadBytes) {
        recordsIn.inc();
        bytesIn.inc(payloadBytes);
    }

    /** A message became no row or several. */
    void expanded() {
        expanded.inc();
    }

    void deadLetter() {
        errors.inc();
        deadLetters.inc();
    }

    void reconnected() {
        reconnects.inc();
    }

    void droppedQos0(int count) {
        droppedQos0.inc(count);
    }
}
