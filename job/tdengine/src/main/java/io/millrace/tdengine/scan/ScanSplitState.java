package io.millrace.tdengine.scan;

/** How far a split has come. For the task's thread. */
final class ScanSplitState {
    private final ScanSplit split;
    private long readTo;

    ScanSplitState(ScanSplit split) {
        this.split = split;
        this.readTo = split.readTo();
    }

    void readTo(long time) {
        readTo = time;
    }

    ScanSplit toSplit() {
        return split.readTo(readTo);
    }
}
