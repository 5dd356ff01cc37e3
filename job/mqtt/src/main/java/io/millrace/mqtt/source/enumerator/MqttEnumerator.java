package io.millrace.mqtt.source.enumerator;

import io.millrace.mqtt.source.MqttSourceSettings;
import io.millrace.mqtt.source.split.MqttSplit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.connector.source.ReaderInfo;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives each session to exactly one reader. Which sessions there are follows from the settings, so
 * that a start without state finds the same ones; sessions of the restored state that the settings
 * no longer ask for are kept as long as they read the same topic, since the broker holds messages
 * for them.
 *
 * <p>Sessions are given out when all readers have registered and reported what they restored, so
 * that each goes to the reader that its place in the order tells, whatever the parallelism was
 * before. Runs in the coordinator's thread.
 */
public final class MqttEnumerator implements SplitEnumerator<MqttSplit, MqttEnumeratorState> {
    private static final Logger LOG = LoggerFactory.getLogger(MqttEnumerator.class);

    private final SplitEnumeratorContext<MqttSplit> context;
    private final MqttSourceSettings settings;
    private final TreeMap<String, MqttSplit> sessions = new TreeMap<>();
    // Client id to subtask.
    private final Map<String, Integer> owners = new TreeMap<>();

    public MqttEnumerator(
            SplitEnumeratorContext<MqttSplit> context,
            MqttSourceSettings settings,
            MqttEnumeratorState restored) {
        this.context = context;
        this.settings = settings;
        settings.splits().forEach(split -> sessions.put(split.clientId(), split));
        restored.sessions().forEach(this::keep);
    }

    @Override
    public void start() {
        LOG.info("MQTT sessions of '{}': {}", settings.topic(), sessions.keySet());
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
        splits.forEach(split -> owners.remove(split.clientId(), subtask));
    }

    @Override
    public void handleSplitRequest(int subtask, String hostname) {
        // Readers do not ask.
    }

    @Override
    public MqttEnumeratorState snapshotState(long checkpointId) {
        return new MqttEnumeratorState(List.copyOf(sessions.values()));
    }

    @Override
    public void close() {}

    private void keep(MqttSplit split) {
        if (sessions.containsKey(split.clientId())) {
            return;
        }
        boolean same =
                split.topic().equals(settings.topic())
                        && split.clientId().startsWith(settings.clientIdPrefix() + "-");
        if (same) {
            LOG.warn(
                    "Session '{}' is in the restored state and beyond 'scan.sessions' = {}. It is served on, since the broker keeps messages for it. To give it up, start without state.",
                    split.clientId(),
                    settings.sessions());
            sessions.put(split.clientId(), split);
        } else {
            LOG.warn(
                    "Session '{}' (topic '{}') of the restored state is not served any more, since topic or 'client-id.prefix' changed. What the broker keeps for it is not read; the broker forgets it when it expires.",
                    split.clientId(),
                    split.topic());
        }
    }

    private void assign() {
        int readers = context.currentParallelism();
        if (context.registeredReaders().size() < readers) {
            return;
        }
        Collection<MqttSplit> inOrder = sessions.values();
        int place = 0;
        for (MqttSplit session : inOrder) {
            int subtask = place++ % readers;
            if (owners.putIfAbsent(session.clientId(), subtask) == null) {
                context.assignSplit(session, subtask);
            }
        }
    }
}
