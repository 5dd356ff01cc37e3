package io.millrace.cli.status;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the metrics of one rule add up to, over all tasks of the current attempt. Filled by {@link
 * JobReader}; for one thread.
 */
final class RuleNumbers {
    private final String name;
    private final Map<RuleMetric, Long> values = new EnumMap<>(RuleMetric.class);
    private final Map<RuleMetric.Part, Set<String>> vertices = new EnumMap<>(RuleMetric.Part.class);
    private long recordsIntoSink;

    RuleNumbers(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    void add(RuleMetric metric, long value, String vertex) {
        values.merge(metric, value, metric.isLargest() ? Math::max : Long::sum);
        vertices.computeIfAbsent(metric.part(), part -> new TreeSet<>()).add(vertex);
    }

    /** Records that Flink has given to the rule's sink. */
    void addRecordsIntoSink(long records) {
        recordsIntoSink += records;
    }

    long recordsIntoSink() {
        return recordsIntoSink;
    }

    /** Empty if no task has this metric. */
    OptionalLong get(RuleMetric metric) {
        Long value = values.get(metric);
        return value == null ? OptionalLong.empty() : OptionalLong.of(value);
    }

    long orZero(RuleMetric metric) {
        return values.getOrDefault(metric, 0L);
    }

    boolean has(RuleMetric metric) {
        return values.containsKey(metric);
    }

    /** Where the rule is in the job. */
    Set<String> vertices() {
        Set<String> all = new TreeSet<>();
        vertices.values().forEach(all::addAll);
        return Collections.unmodifiableSet(all);
    }

    /** Whether source, rule and sink are one chain, so that no record is between them. */
    boolean isChained() {
        return vertices().size() <= 1;
    }
}
