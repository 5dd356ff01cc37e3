package io.millrace.devkit.tdengine.engine;

/** {@code TD_LAST(value, time)}: the value of the latest row that has one. H2 makes instances. */
public final class LastByTime extends ValueByTime {
    public LastByTime() {
        super(true, false);
    }
}
