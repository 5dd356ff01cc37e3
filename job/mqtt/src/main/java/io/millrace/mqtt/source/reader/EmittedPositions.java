package io.millrace.mqtt.source.reader;

import java.util.Map;
import java.util.TreeMap;

/**
 * Remembers up to which position of its journal a session has emitted its messages, and which
 * checkpoint covers what. A checkpoint that completes covers all earlier ones. Not thread-safe.
 */
final class EmittedPositions {
    // Checkpoint to position.
    private final TreeMap<Long, Long> covered = new TreeMap<>();
    private long emitted;

    /**
     * @param emitted position from which the session goes on
     */
    EmittedPositions(long emitted) {
        this.emitted = emitted;
    }

    /** A message was emitted; 0 for one that is not in the journal. */
    void emitted(long position) {
        // Messages that are not in the journal come in between.
        emitted = Math.max(emitted, position);
    }

    /**
     * A checkpoint begins.
     *
     * @return the position that it covers
     */
    long snapshot(long checkpointId) {
        covered.put(checkpointId, emitted);
        return emitted;
    }

    /**
     * A checkpoint is complete.
     *
     * @return the position that it covers; 0 if it is not known
     */
    long complete(long checkpointId) {
        Map.Entry<Long, Long> newest = covered.floorEntry(checkpointId);
        covered.headMap(checkpointId, true).clear();
        return newest == null ? 0 : newest.getValue();
    }
}
