package io.millrace.cli.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.cli.flink.FlinkRest;
import io.millrace.cli.flink.FlinkUnreachableException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.runtime.jobmanager.HighAvailabilityMode;
import org.apache.flink.runtime.util.EnvironmentInformation;

/** A session cluster before a job is sent there: what it is set up to, and whether it fits. */
public final class SessionCluster {
    private final ClusterAddress address;
    private final FlinkRest flink;

    private SessionCluster(ClusterAddress address, FlinkRest flink) {
        this.address = address;
        this.flink = flink;
    }

    /**
     * Meets the cluster.
     *
     * @throws ClusterException if it does not answer, or its Flink is another
     */
    public static SessionCluster at(Jobs jobs) throws IOException, InterruptedException {
        FlinkRest flink = new FlinkRest(jobs.cluster().rest());
        String version;
        try {
            version = flink.get("/config").path("flink-version").asText();
        } catch (FlinkUnreachableException e) {
            throw jobs.noCluster(e);
        }
        String own = EnvironmentInformation.getVersion();
        if (!minor(version).equals(minor(own))) {
            throw new ClusterException(
                    "The cluster at %s runs Flink %s; this Millrace needs %s."
                            .formatted(jobs.cluster(), version, minor(own)));
        }
        return new SessionCluster(jobs.cluster(), flink);
    }

    private static String minor(String version) {
        return version.replaceFirst("^(\\d+\\.\\d+).*", "$1");
    }

    /** Where it is. */
    public ClusterAddress address() {
        return address;
    }

    /** Its configuration, without what Flink hides. */
    public Map<String, String> configuration() throws IOException, InterruptedException {
        return flink.configuration();
    }

    /** Its slots. */
    public Slots slots() throws IOException, InterruptedException {
        JsonNode overview = flink.get("/overview");
        return new Slots(
                overview.path("taskmanagers").asInt(),
                overview.path("slots-available").asInt(),
                overview.path("slots-total").asInt());
    }

    /** How much a cluster can run. */
    public record Slots(int taskManagers, int free, int total) {}

    /** How many machines its TaskManagers are on. */
    public int machines() throws IOException, InterruptedException {
        Set<String> hosts = new HashSet<>();
        for (JsonNode manager : flink.get("/taskmanagers").path("taskmanagers")) {
            // pekko.tcp://flink@HOST:PORT/user/…
            hosts.add(manager.path("path").asText().replaceFirst("^.*@(.*):\\d+/.*$", "$1"));
        }
        return hosts.size();
    }

    /** Ids of the jobs of this name that have not ended. */
    public List<String> alive(String name) throws IOException, InterruptedException {
        List<String> found = new ArrayList<>();
        for (JsonNode job : flink.get("/jobs/overview").path("jobs")) {
            boolean ended = JobHandle.ENDED.contains(job.path("state").asText());
            if (job.path("name").asText().equals(name) && !ended) {
                found.add(job.path("jid").asText());
            }
        }
        return found;
    }

    /**
     * Whether it is there for one job and ends with that.
     *
     * <p>Flink's entry points for application mode set this option themselves.
     */
    public boolean isOfOneJob() throws IOException, InterruptedException {
        return "embedded".equals(configuration().get(DeploymentOptions.TARGET.key()));
    }

    /** Whether a JobManager that dies goes on with its jobs when it is started again. */
    public boolean isHighlyAvailable() throws IOException, InterruptedException {
        return HighAvailabilityMode.isHighAvailabilityModeActivated(
                Configuration.fromMap(configuration()));
    }

    /** How a job stands. */
    public Progress progress(String jobId) throws IOException, InterruptedException {
        JsonNode job = flink.get("/jobs/" + jobId);
        JsonNode vertices = job.path("vertices");
        boolean running = job.path("state").asText().equals("RUNNING") && !vertices.isEmpty();
        int wanted = 0;
        int up = 0;
        for (JsonNode vertex : vertices) {
            wanted += vertex.path("parallelism").asInt();
            up += vertex.path("tasks").path("RUNNING").asInt();
        }
        return new Progress(job.path("state").asText(), running && up == wanted, up, wanted);
    }

    /**
     * How a job stands.
     *
     * @param runs whether all of its tasks do
     */
    public record Progress(String state, boolean runs, int tasksUp, int tasks) {
        /** Whether it has ended. */
        public boolean hasEnded() {
            return JobHandle.ENDED.contains(state);
        }
    }
}
