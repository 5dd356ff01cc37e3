package io.millrace.devkit.tdengine.engine;

/** {@code TD_FIRST_ROW(value, time)}: what the earliest row has, NULL too. H2 makes instances. */
public final class FirstRowByTime extends ValueByTime {
    public FirstRowByTime() {
        super(false, true);
    }
}
