package io.millrace.devkit.tdengine.engine;

/** {@code TD_LAST(value, time)}: the value of the latest row that has one. H2 makes instances. */
public final class LastByTime extends ValueByTime {
    @Override
    boolean wins(long time, long best, boolean hasValue) {
        return hasValue && time > best;
    }
}
