package io.millrace.cli;

import io.millrace.cli.cluster.ApplicationOption;
import io.millrace.cli.cluster.ApplicationRun;
import io.millrace.cli.cluster.Jobs;
import io.millrace.cli.cluster.SubmitRequest;
import io.millrace.cli.cluster.SubmitRun;
import io.millrace.cli.terminal.Screen;
import io.millrace.cli.upgrade.KeptVersion;
import io.millrace.rule.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.flink.configuration.StateRecoveryOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code millrace submit}. */
@Command(
        name = "submit",
        mixinStandardHelpOptions = true,
        versionProvider = Millrace.Version.class,
        header = {"Runs rules on a Flink cluster.", ""},
        description = {
            "All files together are one job. It is planned here and sent to the cluster with"
                    + " millrace-job.jar; passwords stay references, which are resolved where Flink"
                    + " runs. A job whose name runs already is refused: the two would take the MQTT"
                    + " sessions from each other.",
            ""
        },
        sortOptions = false,
        parameterListHeading = "Rules:%n",
        optionListHeading = "%n@|bold Options|@:%n",
        footerHeading = "%n",
        footer = {
            "@|bold Examples|@:",
            "",
            "  millrace submit --flink-url http://flink:8081",
            "  millrace submit sql/*.sql --name plant --parallelism 2",
            "  millrace submit --from-savepoint file:///mnt/flink/savepoints/savepoint-1a2b3c",
            "  $$FLINK_HOME/bin/taskmanager.sh start && millrace submit --target application",
            "  millrace submit --target kubernetes-application --image plant:7 \\",
            "      -D kubernetes.namespace=plant --dry-run",
            "",
            "@|bold Exit codes|@: 0 it runs, 1 it does not, 2 wrong usage or rule."
        })
final class SubmitCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private RuleFilesOption ruleFiles;
    @Mixin private ConnectionOptions connections;
    @Mixin private SettingsOption settingsFile;
    @Mixin private JobOptions job;
    @Mixin private VersionOptions version;

    @Option(
            names = "--from-savepoint",
            paramLabel = "URI",
            description =
                    "Savepoint or checkpoint to go on from: what 'millrace stop' or"
                            + " 'millrace cancel' has printed.")
    private String savepoint;

    @Option(
            names = "--drop-state",
            description =
                    "Begins anew what of the savepoint these rules cannot go on with, such as open"
                            + " windows of a rule whose windows changed.")
    private boolean dropState;

    @Option(names = "--detached", description = "Does not wait until the job runs.")
    private boolean detached;

    @Mixin private ApplicationOption application;

    @Option(
            names = "--target",
            paramLabel = "NAME",
            defaultValue = "session",
            converter = SubmitTarget.Converter.class,
            description =
                    "session: a cluster that runs other jobs too. application: a JobManager of its"
                            + " own on this machine. kubernetes-application: pods of its own"
                            + " (${DEFAULT-VALUE}).")
    private SubmitTarget target;

    @Mixin private LogOption log;

    @Override
    public Integer call() throws Exception {
        log.start("submit");
        List<Path> files = ruleFiles.files();
        Settings settings = job.over(connections.over(settingsFile.read()), files);
        SubmitRequest request =
                new SubmitRequest(
                        settings,
                        settingsFile.file(),
                        files,
                        Optional.ofNullable(savepoint).map(SubmitCommand::absolute));
        Jobs jobs = version.jobs(settings);
        Screen screen = Screen.ofProcess();
        if (target == SubmitTarget.SESSION) {
            refuse(application.given(), "needs --target application or kubernetes-application.");
            KeptVersion kept = version.kept(request.jobName());
            return new SubmitRun(request, jobs, screen, detached, dropState)
                    .session(version::jar, id -> kept.keep(settings, files, id));
        }
        refuse(
                Optional.of("--drop-state").filter(given -> dropState),
                "is for --target session; elsewhere say -D "
                        + StateRecoveryOptions.SAVEPOINT_IGNORE_UNCLAIMED_STATE.key()
                        + "=true.");
        refuse(
                connections.given(),
                "cannot be handed over to --target " + target + "; put it into the settings file.");
        ApplicationRun run = new ApplicationRun(request, application, screen);
        return target == SubmitTarget.APPLICATION
                ? run.standalone(jobs, version.jar(), job.flink(), detached)
                : run.kubernetes(version.state());
    }

    /** A path is looked up from here, since the cluster has another working directory. */
    private static String absolute(String savepoint) {
        boolean isRelative = !savepoint.startsWith("/") && !savepoint.matches("[A-Za-z0-9+.-]+:.*");
        return isRelative ? Path.of(savepoint).toAbsolutePath().toUri().toString() : savepoint;
    }

    private void refuse(Optional<String> option, String why) {
        option.ifPresent(
                name -> {
                    throw new ParameterException(spec.commandLine(), name + " " + why);
                });
    }
}
