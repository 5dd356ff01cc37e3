package io.millrace.devkit.tdengine.engine;

/**
 * {@code TD_FIRST(value, time)}: the value of the earliest row that has one. H2 makes instances.
 */
public final class FirstByTime extends ValueByTime {
    public FirstByTime() {
        super(false, false);
    }
}
