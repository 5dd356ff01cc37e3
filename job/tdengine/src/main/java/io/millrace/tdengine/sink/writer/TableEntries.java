package io.millrace.tdengine.sink.writer;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;

/**
 * The tables that a writer has seen, the most recent ones. Forgetting one costs a clause in the
 * next statement and nothing else. Task thread only.
 */
final class TableEntries {
    private final Map<String, TableEntry> entries = new HashMap<>(256);
    private final int limit;

    /** The one that was asked for last: rows of one table often come together. */
    private TableEntry latest;

    TableEntries(int limit) {
        this.limit = limit;
    }

    /** Returns null if the table was not seen. */
    TableEntry get(String name) {
        if (latest == null || !latest.name().equals(name)) {
            latest = entries.get(name);
        }
        return latest;
    }

    void put(TableEntry entry) {
        entries.put(entry.name(), entry);
    }

    /**
     * Forgets the ones that were not used for longest. To be called between batches only: within a
     * batch a table must keep its entry, since keys are told apart by it.
     */
    void trim() {
        if (entries.size() > limit) {
            latest = null;
            entries.values().stream()
                    .sorted(Comparator.comparingLong(TableEntry::batchNumber))
                    .limit(entries.size() - limit)
                    .toList()
                    .forEach(entry -> entries.remove(entry.name()));
        }
    }
}
