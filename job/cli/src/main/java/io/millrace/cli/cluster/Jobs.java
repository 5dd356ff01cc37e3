package io.millrace.cli.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.cli.flink.FlinkRest;
import io.millrace.cli.flink.FlinkUnreachableException;
import io.millrace.cli.state.LocalRun;
import io.millrace.cli.state.LocalRuns;
import io.millrace.common.DidYouMean;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The jobs that run on this machine and in one cluster. Stateless. */
public final class Jobs {
    private static final int SHORTEST_ID = 6;

    private final Path state;
    private final ClusterAddress cluster;

    /**
     * Jobs in these places.
     *
     * @param state the folder below which local runs keep theirs
     */
    public Jobs(Path state, ClusterAddress cluster) {
        this.state = state;
        this.cluster = cluster;
    }

    /** The cluster. */
    public ClusterAddress cluster() {
        return cluster;
    }

    /** What {@code millrace run} runs here. */
    public List<JobHandle> local() throws IOException, InterruptedException {
        List<JobHandle> found = new ArrayList<>();
        for (LocalRun run : LocalRuns.below(state)) {
            found.add(look(run));
        }
        return found;
    }

    private static JobHandle look(LocalRun run) throws InterruptedException {
        String status = JobHandle.UNKNOWN;
        int parallelism = 0;
        try {
            JsonNode job = new FlinkRest(run.rest()).get("/jobs/" + run.jobId());
            status = job.path("state").asText(status);
            parallelism = widest(job);
        } catch (IOException e) {
            // It begins or ends just now; that it runs is known.
        }
        return new JobHandle(
                run.job(),
                run.jobId(),
                status,
                run.started(),
                run.rest(),
                parallelism,
                Optional.of(run));
    }

    private static int widest(JsonNode job) {
        int widest = 0;
        for (JsonNode vertex : job.path("vertices")) {
            widest = Math.max(widest, vertex.path("parallelism").asInt());
        }
        return widest;
    }

    /**
     * The cluster's jobs, also those that ended and are still remembered; newest first.
     *
     * @throws FlinkUnreachableException if it does not answer
     */
    public List<JobHandle> inCluster() throws IOException, InterruptedException {
        FlinkRest flink = new FlinkRest(cluster.rest());
        List<JobHandle> found = new ArrayList<>();
        for (JsonNode job : flink.get("/jobs/overview").path("jobs")) {
            String id = job.path("jid").asText();
            found.add(
                    new JobHandle(
                            job.path("name").asText(),
                            id,
                            job.path("state").asText(),
                            Instant.ofEpochMilli(job.path("start-time").asLong()),
                            cluster.rest(),
                            widest(flink.get("/jobs/" + id)),
                            Optional.empty()));
        }
        found.sort(Comparator.comparing(JobHandle::since).reversed());
        return found;
    }

    /**
     * Finds a job that has not ended.
     *
     * @param wanted its name, its id or the first characters of that
     * @throws ClusterException if there is none, or the cluster does not answer; says what to do
     */
    public JobHandle running(String wanted) throws IOException, InterruptedException {
        return find(wanted, job -> !job.hasEnded(), "runs");
    }

    /**
     * Finds a job, running if there is one, else the newest that ended and is still remembered.
     *
     * @throws ClusterException as {@link #running} does
     */
    public JobHandle any(String wanted) throws IOException, InterruptedException {
        return find(wanted, job -> true, "is known");
    }

    private JobHandle find(String wanted, Predicate<JobHandle> eligible, String verb)
            throws IOException, InterruptedException {
        List<JobHandle> local = local().stream().filter(eligible).toList();
        Optional<JobHandle> here = pick(wanted, local);
        if (here.isPresent()) {
            return here.get();
        }
        List<JobHandle> all = new ArrayList<>(local);
        try {
            all.addAll(inCluster());
        } catch (FlinkUnreachableException e) {
            throw new ClusterException(
                    "No job '"
                            + wanted
                            + "' "
                            + verb
                            + " on this machine (state in "
                            + state.toAbsolutePath().normalize()
                            + "), and "
                            + noClusterAnswers(e),
                    e);
        }
        return pick(wanted, all.stream().filter(eligible).toList())
                .orElseThrow(() -> new ClusterException(missing(wanted, all, eligible, verb)));
    }

    private String missing(
            String wanted, List<JobHandle> all, Predicate<JobHandle> eligible, String verb) {
        List<String> names =
                all.stream().filter(eligible).map(JobHandle::name).distinct().sorted().toList();
        String ended =
                pick(wanted, all)
                        .map(job -> " One of that name has ended: " + job.state() + ".")
                        .orElse("");
        return "No job '%s' %s on this machine (state in %s) or in the cluster at %s.%s%s%s"
                .formatted(
                        wanted,
                        verb,
                        state.toAbsolutePath().normalize(),
                        cluster,
                        ended,
                        DidYouMean.hint(names, wanted),
                        names.isEmpty()
                                ? " No job " + verb + " at all."
                                : " There are: " + String.join(", ", names) + ".");
    }

    private static Optional<JobHandle> pick(String wanted, List<JobHandle> jobs) {
        List<JobHandle> named = jobs.stream().filter(job -> job.name().equals(wanted)).toList();
        if (named.isEmpty() && wanted.length() >= SHORTEST_ID) {
            named = jobs.stream().filter(job -> job.id().startsWith(wanted)).toList();
        }
        List<JobHandle> alive = named.stream().filter(job -> !job.hasEnded()).toList();
        if (alive.size() > 1) {
            throw new ClusterException(
                    "Several jobs are called '%s'; say which by its id: %s."
                            .formatted(
                                    wanted,
                                    String.join(", ", alive.stream().map(JobHandle::id).toList())));
        }
        return alive.isEmpty() ? named.stream().findFirst() : Optional.of(alive.get(0));
    }

    /** That the cluster does not answer, and what to do. */
    public ClusterException noCluster(FlinkUnreachableException e) {
        return new ClusterException("No" + noClusterAnswers(e).substring(2), e);
    }

    private String noClusterAnswers(FlinkUnreachableException e) {
        return "no Flink cluster answers at %s (from %s): %s.%nStart one, for example with deploy/local/start-cluster.sh, or say with --flink-url where it is."
                .formatted(cluster, cluster.origin(), e.reason());
    }
}
