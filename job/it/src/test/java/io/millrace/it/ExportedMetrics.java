package io.millrace.it;

import io.prometheus.client.Collector.MetricFamilySamples;
import io.prometheus.client.Collector.MetricFamilySamples.Sample;
import io.prometheus.client.CollectorRegistry;
import java.lang.reflect.Field;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.prometheus.AbstractPrometheusReporter;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;

/** Flink's reporter for Prometheus, without a port that all machines can reach. */
public final class ExportedMetrics implements MetricReporterFactory {
    private static final List<CollectorRegistry> REGISTRIES = new CopyOnWriteArrayList<>();

    /** What makes a cluster report here. */
    static Configuration addTo(Configuration cluster) {
        REGISTRIES.clear();
        cluster.setString("metrics.reporter.test.factory.class", ExportedMetrics.class.getName());
        return cluster;
    }

    /** The names of all series that there are now. */
    static Set<String> names() {
        Set<String> names = new TreeSet<>();
        for (CollectorRegistry registry : REGISTRIES) {
            for (MetricFamilySamples family : Collections.list(registry.metricFamilySamples())) {
                for (Sample sample : family.samples) {
                    names.add(sample.name);
                }
            }
        }
        return names;
    }

    @Override
    public MetricReporter createMetricReporter(Properties properties) {
        AbstractPrometheusReporter reporter = new AbstractPrometheusReporter() {};
        try {
            // Flink's own reporter hands it to its HTTP server.
            Field registry = AbstractPrometheusReporter.class.getDeclaredField("registry");
            registry.setAccessible(true);
            REGISTRIES.add((CollectorRegistry) registry.get(reporter));
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
        return reporter;
    }
}
