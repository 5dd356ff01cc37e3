package io.millrace.devkit.tdengine.engine;

import org.h2.api.AggregateFunction;

/** The value of one row of a group, chosen by the row's time. */
abstract class ValueByTime implements AggregateFunction {
    private Object value;
    private long best;
    private boolean any;

    /** Whether a row takes the place of the best one so far. */
    abstract boolean wins(long time, long best, boolean hasValue);

    @Override
    public int getType(int[] inputTypes) {
        return inputTypes[0];
    }

    @Override
    public void add(Object arguments) {
        Object[] pair = (Object[]) arguments;
        if (pair[1] == null) {
            return;
        }
        long time = ((Number) pair[1]).longValue();
        boolean hasValue = pair[0] != null;
        boolean first = !any && (hasValue || wins(1, 0, false));
        if (first || any && wins(time, best, hasValue)) {
            any = true;
            best = time;
            value = pair[0];
        }
    }

    @Override
    public Object getResult() {
        return value;
    }
}
