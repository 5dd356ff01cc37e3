package io.millrace.cli.cluster;

import io.millrace.cli.cluster.SessionCluster.Slots;
import io.millrace.cli.flink.RootCause;
import io.millrace.cli.job.Banner;
import io.millrace.cli.terminal.Screen;
import io.millrace.rule.ClusterDefaults;
import io.millrace.rule.JobOperator;
import io.millrace.rule.RuleJob;
import io.millrace.rule.Settings;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.runtime.client.JobInitializationException;
import org.apache.flink.util.ExceptionUtils;

/** Plans rules here and sends the job to a session cluster. Used by one thread. */
public final class Submission {
    /** Options that say where a job goes: the cluster's address has been found already. */
    private static final List<String> OF_THE_WAY =
            List.of("rest.", "execution.target", "execution.attached", "security.ssl.rest.enabled");

    private static final String BEGIN_FAILED = JobInitializationException.class.getName();

    /** Flink 2.3.0 writes such a job's result without what it needs to read it. */
    private static final String DIRTY =
            "Flink does not forget this job, and a JobManager that is started again would end over"
                    + " it ('Application ID is missing'). Before that delete"
                    + " job-result-store/*/*_DIRTY.json below the cluster's"
                    + " high-availability.storageDir.";

    private final SubmitRequest request;
    private final SessionCluster cluster;
    private final ClusterDefaults defaults;
    private final Settings settings;
    private final Slots slots;
    private final RuleJob job;

    private Submission(
            SubmitRequest request,
            SessionCluster cluster,
            ClusterDefaults defaults,
            Settings settings,
            Slots slots,
            RuleJob job) {
        this.request = request;
        this.cluster = cluster;
        this.defaults = defaults;
        this.settings = settings;
        this.slots = slots;
        this.job = job;
    }

    /**
     * Plans the job.
     *
     * @throws io.millrace.rule.RuleException if a rule is wrong
     */
    public static Submission plan(SubmitRequest request, SessionCluster cluster, JobJar jar)
            throws IOException, InterruptedException {
        Settings asked = withoutTheWay(request.settings());
        ClusterDefaults defaults = ClusterDefaults.of(cluster.configuration(), asked);
        Settings settings = defaults.withDeadLetters(asked, request.jobName());
        Configuration target = defaults.configuration();
        target.addAll(cluster.address().target());
        target.set(DeploymentOptions.TARGET, "remote");
        target.set(DeploymentOptions.ATTACHED, false);
        target.set(PipelineOptions.JARS, List.of(jar.url()));
        request.savepoint()
                .ifPresent(path -> target.set(StateRecoveryOptions.SAVEPOINT_PATH, path));
        return new Submission(
                request,
                cluster,
                defaults,
                settings,
                cluster.slots(),
                RuleJob.prepare(settings, request.files(), target));
    }

    private static Settings withoutTheWay(Settings settings) {
        return settings.withoutFlink(key -> OF_THE_WAY.stream().anyMatch(key::startsWith));
    }

    /** What is about to be submitted. */
    public String banner(Screen screen) {
        Banner banner = new Banner(screen);
        banner.add("job", request.jobName());
        banner.add("rules", job.rules());
        banner.add("payload", job.describe());
        banner.add("note", job.warnings());
        settings.connections().forEach(banner::addConnection);
        banner.add("needs", needs());
        banner.add(
                "state", defaults.checkpoints().orElse("checkpoints in the JobManager's memory"));
        request.savepoint().ifPresent(path -> banner.add("", "goes on from " + path));
        banner.add("letters", deadLetters());
        banner.add("Flink", cluster.address().toString());
        return banner.text();
    }

    private List<String> needs() {
        return request.references().isEmpty()
                ? List.of()
                : List.of(String.join(", ", request.references()) + " on each TaskManager");
    }

    private List<String> deadLetters() {
        return settings.connections().values().stream()
                .flatMap(options -> options.entrySet().stream())
                .filter(option -> option.getKey().endsWith(".dead-letter"))
                .map(Map.Entry::getValue)
                .distinct()
                .sorted()
                .toList();
    }

    /** What may go wrong although the job can be submitted: ready to print. */
    public List<String> warnings() throws IOException, InterruptedException {
        if (defaults.checkpoints().isEmpty()) {
            return List.of(
                    "'execution.checkpointing.dir' is set nowhere, so checkpoints are in the"
                            + " JobManager's memory: with its process they are gone, and messages"
                            + " may come a second time. Set it to a folder that all machines share.");
        }
        int machines = cluster.machines();
        if (defaults.checkpoints().get().startsWith("file:") && machines > 1) {
            return List.of(
                    "Checkpoints go to %s, and TaskManagers are on %d machines: all of them must share that folder."
                            .formatted(defaults.checkpoints().get(), machines));
        }
        return List.of();
    }

    /** That the cluster has not enough slots free for it, if that is so: ready to print. */
    public Optional<String> shortage() {
        return shortage(0);
    }

    /**
     * The same for when another job has ended.
     *
     * @param more slots that are free then
     */
    public Optional<String> shortage(int more) {
        int free = slots.free() + more;
        return free >= parallelism()
                ? Optional.empty()
                : Optional.of(
                        "It waits for slots: it asks for %d; of the cluster's %d (TaskManagers: %d), %d %s free. Start more TaskManagers, or lower --parallelism."
                                .formatted(
                                        parallelism(),
                                        slots.total(),
                                        slots.taskManagers(),
                                        free,
                                        more == 0 ? "were" : "will be"));
    }

    private int parallelism() {
        return defaults.configuration().get(CoreOptions.DEFAULT_PARALLELISM);
    }

    /** Sends it; returns Flink's id for it. */
    public String submit() throws IOException, InterruptedException {
        return submit(new Configuration());
    }

    /**
     * Sends it.
     *
     * @param more options that were not known when it was planned
     * @return Flink's id for it
     * @throws ClusterException if Flink cannot so much as begin with it
     */
    public String submit(Configuration more) throws IOException, InterruptedException {
        try {
            return job.submit(more).getJobID().toHexString();
        } catch (RuntimeException e) {
            if (ExceptionUtils.findThrowableWithMessage(e, BEGIN_FAILED).isEmpty()) {
                throw e;
            }
            String cause = RootCause.of(e);
            throw new ClusterException(
                    cluster.isHighlyAvailable() ? cause + System.lineSeparator() + DIRTY : cause,
                    e);
        }
    }

    /** The job's operators, by which the state of an earlier version is found. */
    public List<JobOperator> operators() {
        return job.operators();
    }
}
