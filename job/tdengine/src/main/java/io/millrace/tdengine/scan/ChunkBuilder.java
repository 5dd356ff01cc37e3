package io.millrace.tdengine.scan;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.data.RowData;

/**
 * Cuts rows that come in the order of time into chunks, where the time changes. Rows of one time
 * are cut only if there are very many of them; then a chunk's position is the time before, and a
 * reader that has to start again there repeats some. For one thread.
 */
final class ChunkBuilder {
    private final int size;
    private final int most;
    private List<RowData> rows = new ArrayList<>();
    private long readTo;
    private long time;

    /**
     * Makes a builder.
     *
     * @param size a chunk of so many rows is cut as soon as the time changes
     * @param most a chunk of so many rows is cut anyhow
     * @param readTo the position before the first row
     */
    ChunkBuilder(int size, int most, long readTo) {
        this.size = size;
        this.most = most;
        this.readTo = readTo;
        this.time = readTo;
    }

    /**
     * Adds a row.
     *
     * @return the chunk before it, or null while that grows
     */
    RowChunk add(RowData row, long rowTime) {
        RowChunk cut = null;
        if (rowTime != time) {
            readTo = time;
            if (rows.size() >= size) {
                cut = cut();
            }
        } else if (rows.size() >= most) {
            cut = cut();
        }
        time = rowTime;
        rows.add(row);
        return cut;
    }

    /** The last chunk, or null if there is none. */
    RowChunk finish() {
        readTo = time;
        return rows.isEmpty() ? null : cut();
    }

    private RowChunk cut() {
        RowChunk chunk = new RowChunk(rows, readTo);
        rows = new ArrayList<>(Math.min(rows.size() + 16, most));
        return chunk;
    }
}
