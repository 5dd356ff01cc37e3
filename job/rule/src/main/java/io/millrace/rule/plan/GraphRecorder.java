package io.millrace.rule.plan;

import java.util.Optional;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;

/**
 * The environment in which rules are planned. It keeps the graph of a job instead of running it,
 * since the operators need lasting names first, and whoever changes a running job has to see the
 * new graph before the old job stops. Flink's planner offers no way to get at the graph but to run
 * it. Used by one thread.
 */
final class GraphRecorder extends StreamExecutionEnvironment {
    private StreamGraph graph;

    /** Plans for where the target says, which may be the cluster that this process is part of. */
    GraphRecorder(Configuration target) {
        this(target, StreamExecutionEnvironment.getExecutionEnvironment(target));
    }

    private GraphRecorder(Configuration target, StreamExecutionEnvironment context) {
        super(merged(target, context), Thread.currentThread().getContextClassLoader());
    }

    private static Configuration merged(Configuration target, StreamExecutionEnvironment context) {
        Configuration all = Configuration.fromMap(context.getConfiguration().toMap());
        all.addAll(target);
        return all;
    }

    @Override
    public JobClient executeAsync(StreamGraph streamGraph) {
        graph = streamGraph;
        return null;
    }

    @Override
    public void close() {
        // Nothing runs in it.
    }

    /** The graph of the last job that was to be run. */
    Optional<StreamGraph> graph() {
        return Optional.ofNullable(graph);
    }

    /** Runs a recorded graph, with more options than it was planned with. */
    JobClient run(StreamGraph recorded, Configuration more) throws Exception {
        Configuration all = Configuration.fromMap(getConfiguration().toMap());
        all.addAll(more);
        StreamExecutionEnvironment context =
                StreamExecutionEnvironment.getExecutionEnvironment(all);
        context.configure(all);
        recorded.setSavepointRestoreSettings(SavepointRestoreSettings.fromConfiguration(all));
        return context.executeAsync(recorded);
    }
}
