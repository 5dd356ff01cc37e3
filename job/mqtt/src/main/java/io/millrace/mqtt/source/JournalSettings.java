package io.millrace.mqtt.source;

import java.io.Serializable;
import java.time.Duration;

/**
 * Where messages are kept until the job has written them.
 *
 * @param path folder, {@code file:} or {@code hdfs:}; may hold references
 * @param retention how long messages are kept that a completed checkpoint covers
 */
public record JournalSettings(String path, Duration retention) implements Serializable {
    private static final long serialVersionUID = 1L;
}
