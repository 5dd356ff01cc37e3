package io.millrace.cli.flink;

import io.millrace.cli.state.JobFolder;
import io.millrace.cli.state.RetainedCheckpoint;
import io.millrace.rule.JobDefaults;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.BlobServerOptions;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.RecoveryClaimMode;

/** How Flink is set up for a job on one machine, before what the user asks for. */
public final class FlinkDefaults {
    private static final String LOOPBACK = "127.0.0.1";

    private FlinkDefaults() {}

    /**
     * The configuration of the cluster and of its job.
     *
     * @param asked Flink options of the settings and the command line; they win
     * @throws IllegalArgumentException if a value cannot be read
     */
    public static Configuration configuration(
            JobFolder folder,
            String jobName,
            Optional<RetainedCheckpoint> resumeFrom,
            Map<String, String> asked) {
        Configuration all = new Configuration();
        addCluster(all, folder);
        addJob(all, jobName);
        addCheckpoints(all, folder);
        resumeFrom.ifPresent(
                checkpoint -> {
                    all.set(
                            StateRecoveryOptions.SAVEPOINT_PATH,
                            checkpoint.folder().toUri().toString());
                    all.set(StateRecoveryOptions.RESTORE_MODE, RecoveryClaimMode.CLAIM);
                });
        all.addAll(Configuration.fromMap(asked));
        return all;
    }

    private static void addCluster(Configuration all, JobFolder folder) {
        all.set(RestOptions.ADDRESS, LOOPBACK);
        all.set(RestOptions.BIND_ADDRESS, LOOPBACK);
        all.set(RestOptions.BIND_PORT, "0");
        all.set(JobManagerOptions.ADDRESS, LOOPBACK);
        all.set(JobManagerOptions.BIND_HOST, LOOPBACK);
        all.set(TaskManagerOptions.HOST, LOOPBACK);
        all.set(TaskManagerOptions.BIND_HOST, LOOPBACK);
        all.set(BlobServerOptions.STORAGE_DIRECTORY, folder.temporary().toString());
        all.set(CoreOptions.TMP_DIRS, folder.temporary().toString());
        // Rules of one chain need neither; windows and joins of a laptop's size are content.
        all.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(64));
        all.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(32));
        all.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(32));
        // Both ends are this process: silence means that the machine slept.
        all.set(HeartbeatManagerOptions.HEARTBEAT_TIMEOUT, Duration.ofMinutes(10));
        all.set(MetricOptions.METRIC_FETCHER_UPDATE_INTERVAL, Duration.ofMillis(500));
        all.set(CoreOptions.CHECK_LEAKED_CLASSLOADER, false);
    }

    private static void addJob(Configuration all, String jobName) {
        all.set(PipelineOptions.NAME, jobName);
        all.set(CoreOptions.DEFAULT_PARALLELISM, 1);
        JobDefaults.addTo(all);
    }

    private static void addCheckpoints(Configuration all, JobFolder folder) {
        all.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
        all.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                folder.checkpoints().toUri().toString());
    }
}
