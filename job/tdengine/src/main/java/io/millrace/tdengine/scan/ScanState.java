package io.millrace.tdengine.scan;

import java.util.List;

/**
 * What the enumerator remembers.
 *
 * @param planned whether the table has been divided
 * @param waiting splits that no reader has
 */
public record ScanState(boolean planned, List<ScanSplit> waiting) {
    public ScanState {
        waiting = List.copyOf(waiting);
    }
}
