package io.millrace.devkit.tdengine.engine;

import org.h2.api.AggregateFunction;

/** The value of one row of a group, chosen by the row's time or another number. */
abstract class ValueByTime implements AggregateFunction {
    private final boolean latest;
    private final boolean nullsToo;
    private Object value;
    private Number best;

    /**
     * @param latest whether the greatest time wins, or the smallest
     * @param nullsToo whether rows without a value count
     */
    ValueByTime(boolean latest, boolean nullsToo) {
        this.latest = latest;
        this.nullsToo = nullsToo;
    }

    @Override
    public int getType(int[] inputTypes) {
        return inputTypes[0];
    }

    @Override
    public void add(Object arguments) {
        Object[] pair = (Object[]) arguments;
        if (pair[1] == null || pair[0] == null && !nullsToo) {
            return;
        }
        Number time = (Number) pair[1];
        int order = best == null ? 0 : compare(time, best);
        if (best == null || (latest ? order > 0 : order < 0)) {
            best = time;
            value = pair[0];
        }
    }

    private static int compare(Number a, Number b) {
        return a instanceof Long && b instanceof Long
                ? Long.compare(a.longValue(), b.longValue())
                : Double.compare(a.doubleValue(), b.doubleValue());
    }

    @Override
    public Object getResult() {
        return value;
    }
}
