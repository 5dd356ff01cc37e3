package io.millrace.rule.operator;

import org.apache.flink.table.functions.FunctionContext;
import org.apache.flink.table.functions.ScalarFunction;

/**
 * Stands around the condition of a rule in Flink SQL that makes at most one row of a message, and
 * counts which messages have one. It changes nothing: NULL is no, as in WHERE.
 */
public final class CountedCondition extends ScalarFunction {
    private static final long serialVersionUID = 1L;

    private final String rule;
    private transient RuleCounters counters;

    public CountedCondition(String rule) {
        this.rule = rule;
    }

    @Override
    public void open(FunctionContext context) {
        counters = new RuleCounters(context.getMetricGroup(), rule);
    }

    /** Called for each message. */
    public Boolean eval(Boolean condition) {
        counters.matched();
        if (condition == null || !condition) {
            counters.failedNoResult();
            return false;
        }
        counters.passed();
        counters.row();
        return true;
    }

    /** It counts each call. */
    @Override
    public boolean isDeterministic() {
        return false;
    }
}
