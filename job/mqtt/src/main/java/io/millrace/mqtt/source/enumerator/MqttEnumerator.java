package io.millrace.mqtt.source.enumerator;

import io.millrace.mqtt.client.ClientIds;
import io.millrace.mqtt.source.MqttSourceSettings;
import io.millrace.mqtt.source.split.MqttSplit;
import io.millrace.mqtt.source.split.SessionEvent;
import io.millrace.mqtt.source.split.UnconfirmedMessages;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.flink.api.connector.source.ReaderInfo;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives each session to exactly one reader. Which sessions are <i>wanted</i> follows from the
 * settings alone, so that a start without state finds the same ones. Other sessions of the restored
 * state, left over from a higher {@code scan.sessions} or another topic, are <i>given up</i>: they
 * are read to their end and then ended, since the broker holds messages for them. They are handed
 * out only when all wanted sessions have subscribed, so that a message is always kept for one or
 * the other. Sessions with another prefix are left alone: they may belong to a job that runs.
 *
 * <p>Sessions are given out when all readers have registered and reported what they restored, so
 * that each goes to the reader that its place in the order tells, whatever the parallelism was
 * before. Runs in the coordinator's thread.
 */
public final class MqttEnumerator implements SplitEnumerator<MqttSplit, MqttEnumeratorState> {
    private static final Logger LOG = LoggerFactory.getLogger(MqttEnumerator.class);

    private final SplitEnumeratorContext<MqttSplit> context;
    private final MqttSourceSettings settings;
    private final SessionClaims claims;
    private final TreeMap<String, MqttSplit> wanted = new TreeMap<>();
    private final TreeMap<String, MqttSplit> givenUp = new TreeMap<>();
    // Client id to subtask.
    private final Map<String, Integer> owners = new TreeMap<>();
    // Wanted sessions for which the broker keeps messages by now.
    private final Set<String> subscribed = new HashSet<>();
    // Sessions that the operator was told are left alone.
    private final Set<String> leftAlone = new HashSet<>();

    public MqttEnumerator(
            SplitEnumeratorContext<MqttSplit> context,
            MqttSourceSettings settings,
            MqttEnumeratorState restored) {
        this.context = context;
        this.settings = settings;
        this.claims = new SessionClaims(settings);
        settings.splits().forEach(split -> wanted.put(split.clientId(), split));
        restored.sessions().forEach(this::keep);
    }

    @Override
    public void start() {
        claims.claim(wanted.keySet());
        LOG.info("MQTT sessions of '{}': {}", settings.topic(), wanted.keySet());
    }

    @Override
    public void addReader(int subtask) {
        // The reader is new, so it serves nothing yet.
        owners.values().removeIf(owner -> owner == subtask);
        ReaderInfo reader = context.registeredReaders().get(subtask);
        if (reader != null) {
            List<MqttSplit> reported = reader.getReportedSplitsOnRegistration();
            reported.forEach(this::keep);
        }
        assign();
    }

    @Override
    public void addSplitsBack(List<MqttSplit> splits, int subtask) {
        for (MqttSplit split : splits) {
            owners.remove(split.clientId(), subtask);
            keep(split);
        }
    }

    @Override
    public void handleSplitRequest(int subtask, String hostname) {
        // Readers do not ask.
    }

    @Override
    public void handleSourceEvent(int subtask, SourceEvent event) {
        if (event instanceof SessionEvent.Subscribed news) {
            if (subscribed.add(news.clientId())) {
                assign();
            }
        } else if (event instanceof SessionEvent.Ended news) {
            givenUp.remove(news.clientId());
            owners.remove(news.clientId());
            LOG.info(
                    "Session '{}' was given up, has been read to its end and is removed from the broker",
                    news.clientId());
        }
    }

    @Override
    public MqttEnumeratorState snapshotState(long checkpointId) {
        List<MqttSplit> sessions = new ArrayList<>(wanted.values());
        sessions.addAll(givenUp.values());
        return new MqttEnumeratorState(List.copyOf(sessions));
    }

    @Override
    public void close() {
        claims.release();
    }

    /** Takes a session of the state. What a reader reports is newer than what was here. */
    private void keep(MqttSplit split) {
        String clientId = split.clientId();
        if (wanted.containsKey(clientId)) {
            wanted.put(clientId, split.draining(false));
        } else if (ClientIds.isOf(clientId, settings.clientIdPrefix(), split.topic())) {
            if (givenUp.put(clientId, split.draining(true)) == null) {
                LOG.info(
                        "Session '{}' (topic '{}') of the restored state is given up, since 'topic' or 'scan.sessions' changed. It is read to its end once the sessions {} have subscribed.",
                        clientId,
                        split.topic(),
                        wanted.keySet());
            }
        } else if (leftAlone.add(clientId)) {
            LOG.warn(
                    "Session '{}' (topic '{}') of the restored state is left alone, since 'client-id.prefix' is now '{}' and another job may use it. What the broker keeps for it is not read. If no job does, remove it by connecting once with a clean start: mosquitto_pub -h HOST -i '{}' -t x -n",
                    clientId,
                    split.topic(),
                    settings.clientIdPrefix(),
                    clientId);
        }
    }

    private void assign() {
        if (context.registeredReaders().size() < context.currentParallelism()) {
            return;
        }
        assign(wanted, 0);
        if (subscribed.containsAll(wanted.keySet())) {
            givenUp.keySet().removeIf(this::isServedElsewhere);
            assign(givenUp, wanted.size());
        }
    }

    private boolean isServedElsewhere(String clientId) {
        boolean elsewhere = claims.isTaken(clientId);
        if (elsewhere) {
            LOG.info("Session '{}' is served by another source", clientId);
        }
        return elsewhere;
    }

    private void assign(Map<String, MqttSplit> sessions, int firstPlace) {
        int place = firstPlace;
        for (Map.Entry<String, MqttSplit> session : sessions.entrySet()) {
            int subtask = place++ % context.currentParallelism();
            if (owners.putIfAbsent(session.getKey(), subtask) == null) {
                context.assignSplit(session.getValue(), subtask);
                // From now on the reader knows better.
                session.setValue(session.getValue().at(0, UnconfirmedMessages.NONE));
            }
        }
    }
}
