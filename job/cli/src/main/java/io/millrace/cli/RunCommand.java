package io.millrace.cli;

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
import io.millrace.rule.RuleJob;
import io.millrace.rule.Settings;
import io.millrace.rule.script.Dialect;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.CoreOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

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

    @Spec private CommandSpec spec;

    @Mixin private RuleFilesOption ruleFiles;

    @Mixin private ConnectionOptions connections;

    @Mixin private SettingsOption settingsFile;

    @Option(
            names = "--dialect",
            paramLabel = "NAME",
            description =
                    "Language of rules that do not say theirs with SET 'rule.dialect': flink or"
                            + " emqx (flink).")
    private Dialect dialect;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description =
                    "Name of the job: of its state and of its MQTT sessions. From the files' names"
                            + " if not given.")
    private String name;

    @Option(
            names = "--state",
            paramLabel = "DIR",
            defaultValue = ".millrace",
            description = "Where checkpoints and dead letters are kept (${DEFAULT-VALUE}).")
    private Path state;

    @Option(names = "--fresh", description = "Starts without the checkpoints of earlier runs.")
    private boolean fresh;

    @Option(
            names = "--parallelism",
            paramLabel = "N",
            description = "Tasks beside each other, from source to sink (1).")
    private Integer parallelism;

    @Option(
            names = "--checkpoint-interval",
            paramLabel = "TIME",
            converter = Durations.class,
            description = "For example 200ms or 1s (200ms).")
    private Duration checkpointInterval;

    @Option(names = "-D", paramLabel = "KEY=VALUE", description = "An option of Flink.")
    private Map<String, String> flink = new LinkedHashMap<>();

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
        Settings settings = settings(files);
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
            run.submit();
            return new Session(run, screen, stop, interval(screen)).untilItEnds();
        }
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

    private Settings settings(List<Path> files) throws IOException {
        Settings settings = connections.over(settingsFile.read()).withFlink(flinkOptions());
        if (name != null) {
            return settings.withJobName(name);
        }
        return settings.jobName().isPresent()
                ? settings
                : settings.withJobName(RuleJob.defaultName(files));
    }

    private Map<String, String> flinkOptions() {
        Map<String, String> options = new LinkedHashMap<>(flink);
        if (parallelism != null) {
            if (parallelism < 1) {
                throw usage("--parallelism is " + parallelism + "; allowed is 1 and more.");
            }
            options.put(CoreOptions.DEFAULT_PARALLELISM.key(), parallelism.toString());
        }
        if (dialect != null) {
            options.put(Dialect.OPTION, dialect.text());
        }
        if (checkpointInterval != null) {
            options.put(
                    CheckpointingOptions.CHECKPOINTING_INTERVAL.key(),
                    checkpointInterval.toMillis() + " ms");
        }
        return options;
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
