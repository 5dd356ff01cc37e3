package io.millrace.cli.flink;

import java.util.Arrays;
import java.util.Optional;

/** What is shown of a job, and the metrics of the connectors that it is added up from. */
public enum Measure {
    /** Messages received and handed on. */
    RECEIVED(true, "numRecordsIn"),
    /** Rows that TDengine has. */
    WRITTEN(true, "numRecordsSend"),
    /** Messages and rows that can never succeed. */
    DEAD_LETTERS(true, "mqtt.deadLetters", "tdengine.deadLetters"),
    /** Rows that shared their key with a later one of the same batch. */
    COLLISIONS(true, "tdengine.timestampCollisions"),
    /** Writes tried again. */
    RETRIES(true, "tdengine.retries"),
    /** Connections to the broker made again. */
    RECONNECTS(true, "mqtt.reconnects"),
    /** QoS 0 messages dropped for want of room. */
    DROPPED_QOS0(true, "mqtt.droppedQos0"),
    /** Messages that wait for a checkpoint. */
    UNACKED(false, "mqtt.unackedMessages"),
    /** Rows in the batch being built. */
    BUFFERED(false, "tdengine.bufferedRows"),
    /** Connections to the broker that stand. */
    CONNECTED(false, "mqtt.connected"),
    /** Sources, whether they are connected or not. */
    SOURCES(false);

    private static final String SOURCE_PREFIX = "Source__";

    private final boolean counter;
    private final String[] metrics;

    Measure(boolean counter, String... metrics) {
        this.counter = counter;
        this.metrics = metrics;
    }

    /** Whether it only grows, and starts at 0 with each attempt of a task. */
    public boolean isCounter() {
        return counter;
    }

    /**
     * Finds what a metric of a vertex counts towards.
     *
     * @param id as Flink's REST API names it: {@code <subtask>.<operator>.<metric>}; Flink has
     *     replaced dots in the operator's name
     */
    public static Optional<Measure> of(String id) {
        String[] parts = id.split("\\.", 3);
        if (parts.length < 3) {
            // A metric of the task as a whole, which an operator of it counts too.
            return Optional.empty();
        }
        if (parts[2].equals("numRecordsIn") && !parts[1].startsWith(SOURCE_PREFIX)) {
            return Optional.empty();
        }
        return Arrays.stream(values())
                .filter(measure -> Arrays.asList(measure.metrics).contains(parts[2]))
                .findFirst();
    }
}
