package io.millrace.devkit.tdengine.engine;

/** {@code TD_LAST_ROW(value, time)}: what the latest row has, NULL too. H2 makes instances. */
public final class LastRowByTime extends ValueByTime {
    public LastRowByTime() {
        super(true, true);
    }
}
