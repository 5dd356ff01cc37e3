package io.millrace.tdengine.sink.writer;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The tables that a writer has seen, the most recent ones. Forgetting one costs a clause in the
 * next statement and nothing else. Task thread only.
 */
final class TableEntries {
    private final Map<String, TableEntry> entries = new LinkedHashMap<>(256, 0.75f, true);
    private final int limit;

    TableEntries(int limit) {
        this.limit = limit;
    }

    /** Returns null if the table was not seen. */
    TableEntry get(String name) {
        return entries.get(name);
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
            var oldest = entries.values().iterator();
            for (int excess = entries.size() - limit; excess > 0; excess--) {
                oldest.next();
                oldest.remove();
            }
        }
    }
}
