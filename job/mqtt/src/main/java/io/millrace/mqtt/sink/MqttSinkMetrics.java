package io.millrace.mqtt.sink;

import io.millrace.mqtt.client.OutgoingMessage;
import io.millrace.mqtt.publish.Outbox;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.SinkWriterMetricGroup;

/**
 * All metrics of a writer. Records taken = {@code numRecordsSend} (messages that the broker has) +
 * {@code deadLetters} + {@code bufferedMessages} + {@code unconfirmedQos0}. If it is known which
 * rule writes, the group {@code rule.<name>} shows them too.
 */
final class MqttSinkMetrics {
    // Counted by one thread at a time, the outbox's lock held.
    private final Counter sent;
    private final Counter bytesSent;
    private final Counter retries;
    private final Counter unconfirmedQos0;

    // Counted by the task's thread.
    private final Counter errors;
    private final Counter deadLetters;

    // Written with the outbox's lock held, read by the reporter's thread.
    private volatile long sendTime;

    private final MetricGroup mqtt;

    /** Null if it is not known which rule writes. */
    private final MetricGroup ofRule;

    /**
     * @param rule what writes; null if not known
     */
    MqttSinkMetrics(SinkWriterMetricGroup group, String rule) {
        this.mqtt = group.addGroup("mqtt");
        sent = group.getNumRecordsSendCounter();
        bytesSent = group.getNumBytesSendCounter();
        errors = group.getNumRecordsSendErrorsCounter();
        group.setCurrentSendTimeGauge(() -> sendTime);
        deadLetters = mqtt.counter("deadLetters");
        retries = mqtt.counter("retries");
        unconfirmedQos0 = mqtt.counter("unconfirmedQos0");
        ofRule = rule == null ? null : group.addGroup("rule", rule);
        if (ofRule != null) {
            // Not the counters themselves: Flink tells of each counter under one name only.
            ofRule.gauge("written", sent::getCount);
            ofRule.gauge("deadLetters", deadLetters::getCount);
            ofRule.gauge("unconfirmed", unconfirmedQos0::getCount);
        }
    }

    void watch(Outbox outbox) {
        mqtt.gauge("inFlight", outbox::inFlight);
        mqtt.gauge("bufferedMessages", outbox::messages);
        if (ofRule != null) {
            ofRule.gauge("inFlight", outbox::messages);
        }
    }

    void delivered(OutgoingMessage message, long millis) {
        sent.inc();
        bytesSent.inc(message.payload().length);
        sendTime = millis;
    }

    void repeated() {
        retries.inc();
    }

    void uncertain() {
        unconfirmedQos0.inc();
    }

    void deadLetter() {
        errors.inc();
        deadLetters.inc();
    }
}
