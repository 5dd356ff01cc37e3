package io.millrace.cli;

import io.millrace.cli.cluster.ClusterException;
import io.millrace.cli.cluster.JobHandle;
import io.millrace.cli.cluster.JobJar;
import io.millrace.cli.cluster.Jobs;
import io.millrace.cli.cluster.SessionCluster;
import io.millrace.cli.cluster.ShellWord;
import io.millrace.cli.cluster.Submission;
import io.millrace.cli.cluster.SubmitRequest;
import io.millrace.cli.flink.Durations;
import io.millrace.cli.terminal.Screen;
import io.millrace.cli.upgrade.ClusterSteps;
import io.millrace.cli.upgrade.Upgrade;
import io.millrace.cli.upgrade.UpgradeRequest;
import io.millrace.rule.RuleJob;
import io.millrace.rule.Settings;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.flink.configuration.CoreOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code millrace upgrade}. */
@Command(
        name = "upgrade",
        mixinStandardHelpOptions = true,
        versionProvider = Millrace.Version.class,
        header = {"Puts new rules in the place of a running job's, without losing a message.", ""},
        description = {
            "The new version is planned and compared with a savepoint of the running job first: if a"
                    + " rule is wrong, or state such as open windows would be lost, nothing changes."
                    + " Then the job is stopped with a savepoint and the new version goes on from it,"
                    + " in the same MQTT sessions. If it does not come up, the version before is"
                    + " started again. The job keeps its parallelism unless another one is asked"
                    + " for.",
            ""
        },
        sortOptions = false,
        optionListHeading = "%n@|bold Options|@:%n",
        footerHeading = "%n",
        footer = {
            "@|bold Examples|@:",
            "",
            "  millrace upgrade",
            "  millrace upgrade plant --dry-run",
            "  millrace upgrade plant sql/*.sql",
            "  millrace upgrade plant --parallelism 4",
            "",
            "@|bold Exit codes|@: 0 the new version runs (or would, with --dry-run), 1 it does not,"
                    + " 2 wrong usage or rule."
        })
final class UpgradeCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "NAME",
            description =
                    "The running job's name, or its id; if not given, the name that 'submit' gives"
                            + " to the rules in ./sql.")
    private String name;

    @Mixin private RuleFilesOption ruleFiles;
    @Mixin private ConnectionOptions connections;
    @Mixin private SettingsOption settingsFile;
    @Mixin private FlinkOptions flink;

    @Option(names = "--dry-run", description = "Shows what becomes of the state; changes nothing.")
    private boolean dryRun;

    @Option(
            names = "--drop-state",
            description =
                    "Begins anew what the new version cannot go on with, such as open windows of a"
                            + " rule whose windows changed.")
    private boolean dropState;

    @Option(
            names = "--savepoint-dir",
            paramLabel = "URI",
            description =
                    "Where savepoints go; if not given, where the job or the cluster says"
                            + " (execution.checkpointing.savepoint-dir).")
    private String savepoints;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = "2 min",
            converter = Durations.class,
            description =
                    "How long to wait for a savepoint, and for the new version to run"
                            + " (${DEFAULT-VALUE}).")
    private Duration timeout;

    @Mixin private VersionOptions options;

    @Mixin private LogOption log;

    @Override
    public Integer call() throws Exception {
        log.start("upgrade");
        Settings settings = connections.over(settingsFile.read()).withFlink(flink.options());
        Jobs jobs = options.jobs(settings);
        JobHandle job = jobs.running(name == null ? ownName(settings) : name);
        if (job.local().isPresent()) {
            throw new ClusterException(local(job.name()));
        }
        SessionCluster cluster = SessionCluster.at(jobs);
        if (cluster.isOfOneJob()) {
            throw new ClusterException(ofOneJob(job.name()));
        }
        SubmitRequest version =
                new SubmitRequest(
                        withParallelism(settings, job).withJobName(job.name()),
                        settingsFile.file(),
                        ruleFiles.filesBehindFirst(),
                        Optional.empty());
        UpgradeRequest request =
                new UpgradeRequest(
                        version,
                        options.kept(job.name()),
                        Optional.ofNullable(savepoints),
                        dropState,
                        dryRun,
                        timeout);
        JobJar jar = options.jar();
        Screen screen = Screen.ofProcess();
        Submission next = Submission.plan(version, cluster, jar);
        screen.line(next.banner(screen));
        next.warnings().forEach(text -> screen.line(screen.warning(text)));
        return new Upgrade(request, new ClusterSteps(request, job, cluster, jar, next), screen)
                .run();
    }

    private String ownName(Settings settings) throws IOException {
        return settings.jobName().isPresent()
                ? settings.jobName().get()
                : RuleJob.defaultName(ruleFiles.filesBehindFirst());
    }

    /** The job keeps the parallelism that it has unless another one is asked for. */
    private static Settings withParallelism(Settings settings, JobHandle job) {
        String key = CoreOptions.DEFAULT_PARALLELISM.key();
        Map<String, String> options = new LinkedHashMap<>();
        if (job.parallelism() > 0 && !settings.flink().containsKey(key)) {
            options.put(key, Integer.toString(job.parallelism()));
        }
        return settings.withFlink(options);
    }

    private static String local(String job) {
        return """
                Job '%s' runs on this machine by 'millrace run', which no other process can give new rules. Stop and start it with them: it goes on from its state, and what arrives meanwhile waits at the broker.
                  millrace stop %s
                  millrace run …"""
                .formatted(job, ShellWord.of(job));
    }

    private static String ofOneJob(String job) {
        return """
                Job '%s' has a JobManager of its own, which ends with it, so no new version can take its place there. Stop it and start the new version from its savepoint; what arrives meanwhile waits at the broker.
                  millrace stop %s
                  millrace submit … --target application --from-savepoint SAVEPOINT"""
                .formatted(job, ShellWord.of(job));
    }
}
