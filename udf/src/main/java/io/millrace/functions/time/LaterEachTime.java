package io.millrace.functions.time;

/** Makes the readings of a clock strictly increasing. One owner, one thread. */
public final class LaterEachTime {
    private long last = Long.MIN_VALUE;

    /** Returns the reading, or one more than the last answer if the clock has not gone on. */
    public long after(long reading) {
        last = Math.max(reading, last + 1);
        return last;
    }
}
