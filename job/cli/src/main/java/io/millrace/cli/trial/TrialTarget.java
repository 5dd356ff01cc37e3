package io.millrace.cli.trial;

import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;

/** Flink inside this process, as little of it as a trial needs. Stateless. */
public final class TrialTarget {
    private static final String LOOPBACK = "127.0.0.1";

    private TrialTarget() {}

    /** Each job gets a cluster of its own, which ends with it. */
    public static Configuration in(Path temporary) {
        Configuration target = new Configuration();
        target.set(DeploymentOptions.TARGET, "local");
        target.set(DeploymentOptions.ATTACHED, true);
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
