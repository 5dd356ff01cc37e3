package io.millrace.mqtt.source.reader;

import io.millrace.mqtt.client.MqttClient;
import io.millrace.mqtt.client.MqttFailure;
import io.millrace.mqtt.source.split.MqttSplit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a session tells its operator. */
final class SessionLog {
    private static final Logger LOG = LoggerFactory.getLogger(MqttSession.class);

    /** So many connections in a row that were cut soon are worth a hint. */
    private static final int SHORT_LIVED = 3;

    private final MqttSplit split;

    // Session's thread only.
    private boolean readyBefore;
    private boolean toldExpiry;

    SessionLog(MqttSplit split) {
        this.split = split;
    }

    void connected(MqttClient.Connected answer, int epoch, long askedExpirySeconds) {
        LOG.info(
                "Session '{}' is connected to {} (connection {}, session {})",
                split.clientId(),
                answer.address(),
                epoch,
                answer.sessionPresent() ? "present" : "new");
        if (answer.sessionExpirySeconds() < askedExpirySeconds && !toldExpiry) {
            toldExpiry = true;
            LOG.warn(
                    "The broker at {} keeps session '{}' for {} s without a connection and not for the {} s of 'session.expiry'. A job that is away for longer loses messages. Raise the broker's limit (Mosquitto: persistent_client_expiration, EMQX: mqtt.session_expiry_interval).",
                    answer.address(),
                    split.clientId(),
                    answer.sessionExpirySeconds(),
                    askedExpirySeconds);
        }
        if (readyBefore && !answer.sessionPresent()) {
            LOG.warn(
                    "The broker at {} no longer knows session '{}'. What it kept for the session is lost; was it restarted without persistence, or did the session expire ('session.expiry')?",
                    answer.address(),
                    split.clientId());
        }
    }

    void ready() {
        readyBefore = true;
        LOG.info(
                split.draining()
                        ? "Session '{}' has unsubscribed from '{}' and is read to its end"
                        : "Session '{}' has subscribed to '{}'",
                split.clientId(),
                split.topic());
    }

    void lost(MqttFailure cause) {
        LOG.warn(
                "Session '{}': {}; trying again.",
                split.clientId(),
                cause.getMessage().replaceFirst("\\.$", ""));
        LOG.debug("Session '{}'", split.clientId(), cause);
    }

    void shortLived(int times) {
        if (times == SHORT_LIVED) {
            LOG.warn(
                    "Session '{}' was cut soon after it connected, {} times in a row. Does another client use the same id? Two jobs of one name, or with the same 'client-id.prefix', take the session from each other: stop one, or give it another prefix.",
                    split.clientId(),
                    SHORT_LIVED);
        }
    }

    void shedding(SessionBuffer buffer) {
        LOG.warn(
                "Session '{}' holds {} messages ({} bytes) that no checkpoint covers yet, the most it may ('scan.max-unacked-messages', 'scan.max-unacked-bytes'), and the broker sends more. What comes now is left at the broker until the job has caught up. Is the sink slow, the checkpoint interval long, or checkpointing off?",
                split.clientId(),
                buffer.messages(),
                buffer.bytes());
    }

    void window(int messages) {
        LOG.warn(
                "Session '{}': the broker sends {} messages and waits for their acknowledgement, so no more than that pass per checkpoint interval. Raise that limit at the broker (Mosquitto: max_inflight_messages, EMQX: mqtt.max_inflight) or 'receive-maximum' if it was lowered, or take checkpoints more often ('execution.checkpointing.interval').",
                split.clientId(),
                messages);
    }

    void caughtUp() {
        LOG.info(
                "Session '{}' has caught up and connects anew to get what it left at the broker",
                split.clientId());
    }

    void leftAlone() {
        LOG.warn("Session '{}' did not end in time and is left alone", split.clientId());
    }
}
