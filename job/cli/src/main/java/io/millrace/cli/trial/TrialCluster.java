package io.millrace.cli.trial;

import io.millrace.cli.flink.LocalCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;

/**
 * Flink inside this process, as little of it as trials need. It starts beside the planning of the
 * first trial and serves all.
 */
public final class TrialCluster implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";

    private final CompletableFuture<LocalCluster> cluster;

    private TrialCluster(CompletableFuture<LocalCluster> cluster) {
        this.cluster = cluster;
    }

    /** Starts it, without waiting. */
    public static TrialCluster start(Path temporary) {
        Configuration configuration = configuration(temporary);
        return new TrialCluster(
                CompletableFuture.supplyAsync(
                        () -> {
                            try {
                                return LocalCluster.start(configuration);
                            } catch (Exception e) {
                                throw new CompletionException(e);
                            }
                        },
                        work -> new Thread(work, "trial-cluster").start()));
    }

    /** What sends a job there; waits until it has started. */
    public Configuration target() {
        return cluster.join().target();
    }

    @Override
    public void close() {
        cluster.whenComplete(
                (started, failure) -> {
                    if (started != null) {
                        started.close();
                    }
                });
    }

    private static Configuration configuration(Path temporary) {
        Configuration target = new Configuration();
        target.set(CoreOptions.DEFAULT_PARALLELISM, 1);
        target.set(CoreOptions.TMP_DIRS, temporary.toString());
        target.set(RestOptions.ADDRESS, LOOPBACK);
        target.set(RestOptions.BIND_ADDRESS, LOOPBACK);
        target.set(RestOptions.BIND_PORT, "0");
        target.set(JobManagerOptions.ADDRESS, LOOPBACK);
        target.set(JobManagerOptions.BIND_HOST, LOOPBACK);
        target.set(TaskManagerOptions.HOST, LOOPBACK);
        target.set(TaskManagerOptions.BIND_HOST, LOOPBACK);
        target.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(32));
        target.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(16));
        target.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(16));
        target.set(HeartbeatManagerOptions.HEARTBEAT_TIMEOUT, Duration.ofMinutes(10));
        target.set(CoreOptions.CHECK_LEAKED_CLASSLOADER, false);
        return target;
    }
}
