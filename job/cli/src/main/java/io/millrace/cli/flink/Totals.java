package io.millrace.cli.flink;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Adds samples up. A counter starts at 0 again with each attempt of its task; what earlier attempts
 * counted is kept here, as far as it was seen: what an attempt counted between the last sample and
 * its end is missing. Not thread-safe.
 */
public final class Totals {
    private final Map<Measure, Long> ofEarlierAttempts = new EnumMap<>(Measure.class);
    private final Map<String, Sample> latest = new HashMap<>();
    private final Map<Measure, Long> gauges = new EnumMap<>(Measure.class);

    /** Takes the samples of one moment. A counter that is missing keeps its last value. */
    public void update(List<Sample> samples) {
        gauges.clear();
        for (Sample sample : samples) {
            if (sample.measure().isCounter()) {
                count(sample);
            } else {
                gauges.merge(sample.measure(), sample.value(), Long::sum);
            }
        }
    }

    private void count(Sample sample) {
        Sample before = latest.put(sample.key(), sample);
        if (before != null && sample.value() < before.value()) {
            ofEarlierAttempts.merge(sample.measure(), before.value(), Long::sum);
        }
    }

    /** The sum of a measure over all tasks; of a counter, over all attempts too. */
    public long of(Measure measure) {
        if (!measure.isCounter()) {
            return gauges.getOrDefault(measure, 0L);
        }
        return ofEarlierAttempts.getOrDefault(measure, 0L)
                + latest.values().stream()
                        .filter(sample -> sample.measure() == measure)
                        .mapToLong(Sample::value)
                        .sum();
    }

    /** Whether the last update had this gauge at all. */
    public boolean has(Measure gauge) {
        return gauges.containsKey(gauge);
    }
}
