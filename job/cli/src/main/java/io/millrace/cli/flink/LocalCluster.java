package io.millrace.cli.flink;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Flink cluster inside this process, with its REST API on a free port of 127.0.0.1.
 *
 * <p>A job is given to it through REST, as it would be to a cluster elsewhere ({@link #target()}).
 * Flink's own local execution would start a cluster per job that tells nobody its port; {@link
 * MiniCluster} is not public API, but the only way to run one and know where it is.
 */
public final class LocalCluster implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LocalCluster.class);
    private static final Duration CLOSE = Duration.ofSeconds(10);

    private final MiniCluster cluster;
    private final URI rest;
    private final Configuration target;

    private LocalCluster(MiniCluster cluster, URI rest, Configuration target) {
        this.cluster = cluster;
        this.rest = rest;
        this.target = target;
    }

    /**
     * Starts the cluster with as many task slots as the default parallelism.
     *
     * @throws Exception as Flink does, if it cannot be started
     */
    public static LocalCluster start(Configuration configuration) throws Exception {
        MiniCluster cluster =
                new MiniCluster(
                        new MiniClusterConfiguration.Builder()
                                .setConfiguration(new Configuration(configuration))
                                .setNumTaskManagers(1)
                                .setNumSlotsPerTaskManager(
                                        configuration.get(CoreOptions.DEFAULT_PARALLELISM))
                                .build());
        cluster.start();
        URI rest = cluster.getRestAddress().get();
        Configuration target = new Configuration(configuration);
        target.set(DeploymentOptions.TARGET, "remote");
        target.set(RestOptions.ADDRESS, rest.getHost());
        target.set(RestOptions.PORT, rest.getPort());
        return new LocalCluster(cluster, rest, target);
    }

    /** The configuration that sends a job to this cluster. */
    public Configuration target() {
        return new Configuration(target);
    }

    /** Where the REST API is, such as {@code http://127.0.0.1:36001}. */
    public URI rest() {
        return rest;
    }

    @Override
    public void close() {
        try {
            cluster.closeAsync().get(CLOSE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.info("The cluster did not close in an orderly way", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
