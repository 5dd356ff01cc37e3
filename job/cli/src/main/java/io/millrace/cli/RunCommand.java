package io.millrace.cli;

import io.millrace.cli.fit.FitReport;
import io.millrace.cli.fit.StateFit;
import io.millrace.cli.flink.Durations;
import io.millrace.cli.job.Banner;
import io.millrace.cli.job.DeadLetterDefaults;
import io.millrace.cli.job.JobRequest;
import io.millrace.cli.job.JobRun;
import io.millrace.cli.job.Session;
import io.millrace.cli.state.CheckpointStore;
import io.millrace.cli.state.JobFolder;
import io.millrace.cli.state.JobLock;
import io.millrace.cli.state.RetainedCheckpoint;
import io.millrace.cli.terminal.Logging;
import io.millrace.cli.terminal.Screen;
import io.millrace.cli.terminal.StopSignal;
import io.millrace.rule.Settings;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code millrace run}: rules against any broker and any TDengine, until it is stopped. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        versionProvider = Millrace.Version.class,
        header = {"Runs rules until it is stopped; started again, it goes on where it was.", ""},
        description = {
            "",
            "All files together are one job, which subscribes once to each topic. A message is"
                    + " acknowledged to the broker when its row is in TDengine and a checkpoint"
                    + " says so.",
            ""
        },
        sortOptions = false,
        parameterListHeading = "Rules:%n",
        optionListHeading = "%n@|bold Options|@:%n",
        footerHeading = "%n",
        footer = {
            "@|bold Examples|@:",
            "",
            "  millrace run temp_hum.sql --mqtt-url tcp://localhost:1883 \\",
            "      --tdengine-url http://localhost:6041 --tdengine-username root \\",
            "      --tdengine-password '$${env.TDENGINE_PASSWORD}'",
            "  millrace run rules/*.sql --settings plant.yaml --name plant",
            "  millrace run big.sql --parallelism 2 -D execution.checkpointing.interval=1s",
            "",
            "@|bold Settings file|@, so that nothing secret stands on the command line:",
            "",
            "  connections:",
            "    mqtt:     {type: mqtt, url: \"tcp://broker:1883\", username: millrace,",
            "               password: \"$${env.MQTT_PASSWORD}\"}",
            "    tdengine: {type: tdengine, url: \"http://db:6041\", username: root,",
            "               password: \"$${env.TDENGINE_PASSWORD}\"}",
            "",
            "@|bold Exit codes|@: 0 stopped as asked, 1 the job failed, 2 wrong usage or rule, 130"
                    + " second Ctrl-C."
        })
final class RunCommand implements Callable<Integer> {
    private static final Duration ON_TERMINAL = Duration.ofSeconds(1);
    private static final Duration IN_FILE = Duration.ofSeconds(10);

    @Mixin private RuleFilesOption ruleFiles;

    @Mixin private ConnectionOptions connections;

    @Mixin private SettingsOption settingsFile;

    @Mixin private JobOptions job;

    @Option(
            names = "--state",
            paramLabel = "DIR",
            defaultValue = ".millrace",
            description = "Where checkpoints and dead letters are kept (${DEFAULT-VALUE}).")
    private Path state;

    @Option(names = "--fresh", description = "Starts without the checkpoints of earlier runs.")
    private boolean fresh;

    @Option(
            names = "--drop-state",
            description =
                    "Begins anew what changed rules cannot go on with, such as open windows of a"
                            + " rule whose windows changed.")
    private boolean dropState;

    @Option(
            names = "--status-interval",
            paramLabel = "TIME",
            converter = Durations.class,
            description = "How often the numbers are shown (1s on a terminal, else 10s).")
    private Duration statusInterval;

    @Option(names = "--verbose", description = "Shows more of the log, with stack traces.")
    private boolean verbose;

    @Override
    public Integer call() throws Exception {
        List<Path> files = ruleFiles.files();
        Settings settings = job.over(connections.over(settingsFile.read()), files);
        String jobName = settings.jobName().orElseThrow();
        JobFolder folder = JobFolder.of(state, jobName);
        StopSignal stop = StopSignal.ofProcess();
        Screen screen = Screen.ofProcess();
        PrintStream err = System.err;
        JobLock lock = JobLock.acquire(folder, jobName);
        try {
            System.setErr(screen.around(err));
            Logging.start(folder.log(), verbose);
            return run(
                    new JobRequest(
                            DeadLetterDefaults.in(folder, settings),
                            files,
                            folder,
                            checkpoint(folder, screen)),
                    screen,
                    stop);
        } finally {
            System.setErr(err);
            lock.close();
        }
    }

    private int run(JobRequest request, Screen screen, StopSignal stop) throws Exception {
        try (JobRun run = JobRun.prepare(request)) {
            screen.line(new Banner(screen).of(run));
            Optional<StateFit> fit = run.fit();
            if (fit.isPresent() && !fit.get().isWhole() && !dropState) {
                screen.line(screen.warning(refused(request.jobName(), fit.get())));
                return ExitCode.SOFTWARE;
            }
            fit.ifPresent(known -> known.notes().forEach(screen::line));
            run.submit();
            return new Session(run, screen, stop, interval(screen)).untilItEnds();
        }
    }

    private static String refused(String job, StateFit fit) {
        return """
                Job '%s' does not start, since state of its last run would be lost:
                  %s
                Take back that change, or begin these anew: --drop-state. What they have counted so far is then missing in their next rows. All else goes on where it was, and no message is lost."""
                .formatted(job, String.join("\n  ", FitReport.reasons(fit)));
    }

    private Duration interval(Screen screen) {
        if (statusInterval != null) {
            return statusInterval;
        }
        return screen.isTerminal() ? ON_TERMINAL : IN_FILE;
    }

    private Optional<RetainedCheckpoint> checkpoint(JobFolder folder, Screen screen)
            throws IOException {
        return fresh
                ? Optional.empty()
                : new CheckpointStore(folder.checkpoints())
                        .newest(note -> screen.line(screen.warning(note)));
    }
}
