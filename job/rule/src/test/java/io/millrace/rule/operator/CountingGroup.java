package io.millrace.rule.operator;

import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.table.functions.FunctionContext;

/** A metric group whose counters a test can read, under the names of their groups. */
final class CountingGroup extends UnregisteredMetricsGroup {
    private final String prefix;
    private final Map<String, Counter> counters;

    CountingGroup() {
        this("", new TreeMap<>());
    }

    private CountingGroup(String prefix, Map<String, Counter> counters) {
        this.prefix = prefix;
        this.counters = counters;
    }

    @Override
    public MetricGroup addGroup(String key, String value) {
        return new CountingGroup(prefix + key + "." + value + ".", counters);
    }

    @Override
    public Counter counter(String name) {
        return counters.computeIfAbsent(prefix + name, key -> new SimpleCounter());
    }

    long count(String name) {
        return counters.get(name).getCount();
    }

    FunctionContext context() {
        return new FunctionContext(null) {
            @Override
            public MetricGroup getMetricGroup() {
                return CountingGroup.this;
            }
        };
    }
}
