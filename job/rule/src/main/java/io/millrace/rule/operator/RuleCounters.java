package io.millrace.rule.operator;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/**
 * What EMQX counts of a rule, in the metric group {@code rule.<name>}: {@code matched} = {@code
 * passed} + {@code failedException} + {@code failedNoResult}. EMQX's dots are left out because they
 * separate the parts of a name in several of Flink's reporters. Beside them, {@code rows} is what
 * the rule has given its sink, dead letters among them, and {@code elsewhere} counts messages that
 * another topic of the same rule has brought too and that are evaluated there.
 */
final class RuleCounters {
    private final Counter matched;
    private final Counter passed;
    private final Counter failedException;
    private final Counter failedNoResult;
    private final Counter rows;
    private final Counter elsewhere;

    RuleCounters(MetricGroup operator, String rule) {
        MetricGroup group = operator.addGroup("rule", rule);
        matched = group.counter("matched");
        passed = group.counter("passed");
        failedException = group.counter("failedException");
        failedNoResult = group.counter("failedNoResult");
        rows = group.counter("rows");
        elsewhere = group.counter("elsewhere");
    }

    void matched() {
        matched.inc();
    }

    void passed() {
        passed.inc();
    }

    void failedException() {
        failedException.inc();
    }

    void failedNoResult() {
        failedNoResult.inc();
    }

    void row() {
        rows.inc();
    }

    void elsewhere() {
        elsewhere.inc();
    }
}
