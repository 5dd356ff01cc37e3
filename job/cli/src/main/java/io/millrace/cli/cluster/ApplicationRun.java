package io.millrace.cli.cluster;

import io.millrace.cli.cluster.SessionCluster.Progress;
import io.millrace.cli.cluster.SessionCluster.Slots;
import io.millrace.cli.flink.FlinkRest;
import io.millrace.cli.flink.FlinkUnreachableException;
import io.millrace.cli.terminal.Screen;
import io.millrace.rule.ClusterDefaults;
import io.millrace.rule.RuleJob;
import io.millrace.rule.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.DeploymentOptions;
import picocli.CommandLine.ExitCode;

/** One call of {@code millrace submit} that starts an application. Used by one thread. */
public final class ApplicationRun {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration GLANCE = Duration.ofMillis(500);

    private final SubmitRequest request;
    private final ApplicationOption options;
    private final Screen screen;

    /** A call. */
    public ApplicationRun(SubmitRequest request, ApplicationOption options, Screen screen) {
        this.request = request;
        this.options = options;
        this.screen = screen;
    }

    /**
     * On this machine; returns the exit code.
     *
     * @param given Flink's options of the command line
     */
    public int standalone(Jobs jobs, JobJar jar, Map<String, String> given, boolean detached)
            throws IOException, InterruptedException {
        FlinkHome home = options.home();
        Map<String, String> configured = home.configuration();
        configured.putAll(given);
        RuleJob job = plan(configured);
        ApplicationCommand command =
                ApplicationCommand.standalone(home, request, jar, withoutBlanks(given));
        if (options.dryRun()) {
            screen.line(command.toString());
            return ExitCode.OK;
        }
        refuseASecondJobManager(jobs.cluster());
        job.rules().forEach(screen::line);
        screen.line("Starting a JobManager for '" + request.jobName() + "' …");
        if (FlinkHome.run(command.words()) != 0) {
            throw new ClusterException("Flink's script failed; its messages are above.");
        }
        return detached ? ExitCode.OK : await(home, jobs);
    }

    /** What is wrong is told here rather than in the log of a JobManager that ends. */
    private RuleJob plan(Map<String, String> configured) {
        ClusterDefaults defaults = ClusterDefaults.of(configured, request.settings());
        Settings settings = defaults.withDeadLetters(request.settings(), request.jobName());
        Configuration target = defaults.configuration();
        target.set(DeploymentOptions.TARGET, "remote");
        return RuleJob.prepare(settings, request.files(), target);
    }

    /** Flink's scripts take apart at blanks what they compute memory sizes from. */
    private static Map<String, String> withoutBlanks(Map<String, String> options) {
        Map<String, String> joined = new HashMap<>();
        options.forEach(
                (key, value) -> joined.put(key, value.replaceAll("(?<=\\d) +(?=[a-zA-Z]+$)", "")));
        return joined;
    }

    private static void refuseASecondJobManager(ClusterAddress address)
            throws IOException, InterruptedException {
        try {
            new FlinkRest(address.rest()).get("/config");
        } catch (FlinkUnreachableException e) {
            return;
        }
        throw new ClusterException(
                "At %s a JobManager answers already. The application needs one of its own, on other ports: -D rest.port=8082 -D jobmanager.rpc.port=6124; or drop --target to submit into that cluster."
                        .formatted(address));
    }

    private int await(FlinkHome home, Jobs jobs) throws IOException, InterruptedException {
        Instant end = Instant.now().plus(PATIENCE);
        String last = "no JobManager answers at " + jobs.cluster();
        boolean toldOfSlots = false;
        while (Instant.now().isBefore(end)) {
            Thread.sleep(GLANCE.toMillis());
            try {
                Optional<JobHandle> job = jobs.inCluster().stream().findFirst();
                if (job.isEmpty()) {
                    last = "the JobManager has not planned the job yet";
                    continue;
                }
                SessionCluster cluster = SessionCluster.at(jobs);
                Progress progress = cluster.progress(job.get().id());
                if (progress.runs()) {
                    screen.line("It runs.  " + jobs.cluster());
                    return ExitCode.OK;
                }
                last = "it is " + progress.state().toLowerCase(Locale.ROOT);
                Slots slots = cluster.slots();
                if (slots.total() == 0 && !toldOfSlots) {
                    toldOfSlots = true;
                    screen.line(
                            "It waits for a TaskManager: "
                                    + home.script("taskmanager.sh")
                                    + " start");
                }
            } catch (FlinkUnreachableException | ClusterException e) {
                // It begins to listen some seconds after its start.
            }
        }
        screen.line(
                screen.warning(
                        "It does not run after %d s: %s. Its log is in %s."
                                .formatted(
                                        PATIENCE.toSeconds(),
                                        last,
                                        Optional.ofNullable(System.getenv("FLINK_LOG_DIR"))
                                                .orElse(home.folder().resolve("log").toString()))));
        return ExitCode.SOFTWARE;
    }

    /**
     * On Kubernetes; returns the exit code.
     *
     * @param state keeps the pod template
     */
    public int kubernetes(Path state) throws IOException, InterruptedException {
        FlinkHome home = options.home();
        Map<String, String> configured = home.configuration();
        ClusterDefaults.of(configured, request.settings())
                .withDeadLetters(request.settings(), request.jobName());
        Optional<Path> template = Optional.empty();
        if (options.configMap().isPresent()) {
            template = Optional.of(podTemplate(state, options.configMap().get()));
            screen.line("# The ConfigMap must be there; this makes it:");
            screen.line(ApplicationCommand.configMapCommand(options.configMap().get(), request));
        }
        List<String> needed = request.references();
        if (!needed.isEmpty()) {
            screen.line("# The pods need " + String.join(", ", needed) + ", from a Secret.");
        }
        ApplicationCommand command =
                ApplicationCommand.kubernetes(
                        home,
                        request,
                        options.image(),
                        template,
                        new TreeMap<>(request.settings().flink()));
        screen.line(command.toString());
        return options.dryRun() ? ExitCode.OK : FlinkHome.run(command.words());
    }

    private Path podTemplate(Path state, String configMap) throws IOException {
        Path file =
                state.toAbsolutePath()
                        .normalize()
                        .resolve(ApplicationCommand.clusterId(request.jobName()) + ".pod.yaml");
        Files.createDirectories(file.getParent());
        return Files.writeString(file, ApplicationCommand.podTemplate(configMap));
    }
}
