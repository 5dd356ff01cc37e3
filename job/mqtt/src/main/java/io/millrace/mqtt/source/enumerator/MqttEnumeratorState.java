package io.millrace.mqtt.source.enumerator;

import io.millrace.mqtt.source.split.MqttSplit;
import java.util.List;

/**
 * What the enumerator remembers.
 *
 * @param sessions all sessions that the job has used and not given up
 */
public record MqttEnumeratorState(List<MqttSplit> sessions) {}
