package io.millrace.cli;

import io.millrace.cli.cluster.ClusterOption;
import io.millrace.cli.cluster.Jobs;
import io.millrace.cli.connection.ConnectionReport;
import io.millrace.cli.connection.ConnectionTests;
import io.millrace.cli.connection.ReportJson;
import io.millrace.cli.connection.ReportText;
import io.millrace.cli.connection.TestRequest;
import io.millrace.cli.flink.Durations;
import io.millrace.cli.terminal.Logging;
import io.millrace.cli.terminal.Screen;
import io.millrace.common.DidYouMean;
import io.millrace.common.probe.Verdict;
import io.millrace.rule.RuleException;
import io.millrace.rule.RuleJob;
import io.millrace.rule.Settings;
import io.millrace.rule.plan.ConnectionUses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code millrace test-connection}. */
@Command(
        name = "test-connection",
        mixinStandardHelpOptions = true,
        versionProvider = Millrace.Version.class,
        header = {
            "Tests the connections: network, TLS, who may do what; leaves nothing behind.",
            ""
        },
        description = {
            "",
            "One line for each check: ok, warn, FAIL, or ? for what cannot be seen from here, with"
                    + " what to do about it. If there are rules in ./sql, their topics and tables"
                    + " are looked at too.",
            ""
        },
        sortOptions = false,
        parameterListHeading = "Connections:%n",
        optionListHeading = "%n@|bold Options|@:%n",
        footerHeading = "%n",
        footer = {
            "@|bold Examples|@:",
            "",
            "  millrace test-connection",
            "  millrace test-connection mqtt --topic 'devices/+/temp' --publish devices/test/temp",
            "  millrace test-connection --mqtt-url ssl://broker:8883 --mqtt-username plant \\",
            "      --mqtt-password",
            "",
            "@|bold JSON|@ (--json): usable, connections[name, type, url, verdict, checks[name,",
            "verdict, found, remedy, millis]]; a verdict is good, warning, bad or unknown.",
            "",
            "@|bold Exit codes|@: 0 all usable, 1 one is not, 2 wrong usage or settings."
        })
final class TestConnectionCommand implements Callable<Integer> {
    private static final Path RULES = Path.of("sql");
    private static final Duration SHORTEST = Duration.ofMillis(100);

    @Spec private CommandSpec spec;

    @Parameters(
            arity = "0..*",
            paramLabel = "NAME",
            description = "Connections of the settings; all if none is named.")
    private List<String> names = new ArrayList<>();

    @Mixin private ConnectionOptions connections;

    @Mixin private SettingsOption settingsFile;

    @Option(
            names = "--topic",
            paramLabel = "FILTER",
            description = "Topic filter to try to subscribe to, instead of those of the rules.")
    private List<String> topics = new ArrayList<>();

    @Option(
            names = "--publish",
            paramLabel = "TOPIC",
            description =
                    "Topic to try to publish to, and to see the message come if a filter matches"
                            + " it. Its subscribers get {\"millrace_test\":…} too, which is why"
                            + " no topic is tried unasked.")
    private List<String> publish = new ArrayList<>();

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            converter = Durations.class,
            defaultValue = "10s",
            description = "How long each step may take (${DEFAULT-VALUE}).")
    private Duration timeout;

    @Option(
            names = "--state",
            paramLabel = "DIR",
            defaultValue = ".millrace",
            description =
                    "Where local jobs have their state, to see whether one runs (${DEFAULT-VALUE}).")
    private Path state;

    @Mixin private ClusterOption cluster;

    @Option(names = "--json", description = "One JSON document.")
    private boolean json;

    @Option(names = "--verbose", description = "Shows more of the log, with stack traces.")
    private boolean verbose;

    @Override
    public Integer call() throws Exception {
        Logging.start(
                Path.of(System.getProperty("java.io.tmpdir"), "millrace-test-connection.log"),
                verbose);
        if (timeout.compareTo(SHORTEST) < 0) {
            throw usage("--timeout is " + timeout.toMillis() + " ms; allowed is 100ms and more.");
        }
        List<Path> rules = rules();
        Settings settings = settings(rules);
        Screen screen = Screen.ofProcess();
        TestRequest request =
                new TestRequest(
                        settings,
                        names.isEmpty() ? List.copyOf(settings.connections().keySet()) : names,
                        uses(settings, rules, screen),
                        topics,
                        publish,
                        timeout,
                        new Jobs(state, cluster.address(settings)));
        List<ConnectionReport> reports = new ArrayList<>();
        ReportText text = new ReportText(screen);
        for (FutureTask<ConnectionReport> test : new ConnectionTests(request).start()) {
            ConnectionReport report = ConnectionTests.await(test);
            reports.add(report);
            if (!json) {
                screen.line(text.of(report));
                screen.line("");
            }
        }
        screen.line(json ? ReportJson.of(reports) : text.summary(reports));
        return reports.stream().anyMatch(report -> report.verdict() == Verdict.BAD)
                ? ExitCode.SOFTWARE
                : ExitCode.OK;
    }

    private Settings settings(List<Path> rules) throws IOException {
        Settings settings = connections.over(settingsFile.read());
        if (settings.connections().isEmpty()) {
            throw usage(
                    "There is no connection to test. Run it where millrace.yaml is, or give"
                            + " --settings, --mqtt-url or --tdengine-url.");
        }
        for (String name : names) {
            if (!settings.connections().containsKey(name)) {
                throw usage(
                        "Connection '%s' is not in the settings; there are %s.%s"
                                .formatted(
                                        name,
                                        String.join(", ", settings.connections().keySet()),
                                        DidYouMean.hint(settings.connections().keySet(), name)));
            }
        }
        return settings.jobName().isPresent() || rules.isEmpty()
                ? settings
                : settings.withJobName(RuleJob.defaultName(rules));
    }

    private static List<Path> rules() throws IOException {
        if (!Files.isDirectory(RULES)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(RULES)) {
            return files.filter(file -> file.toString().endsWith(".sql")).sorted().toList();
        }
    }

    /** Rules that cannot be read are no reason not to look at the connections. */
    private Map<String, ConnectionUses.Of> uses(
            Settings settings, List<Path> rules, Screen screen) {
        if (rules.isEmpty()) {
            return Map.of();
        }
        try {
            return ConnectionUses.in(settings, settings.jobName().orElseThrow(), rules);
        } catch (RuleException e) {
            if (!json) {
                screen.line(
                        screen.warning(
                                "The rules in ./sql cannot be read, so their topics and tables are"
                                        + " not looked at: "
                                        + e.getMessage().lines().findFirst().orElse("")));
                screen.line("");
            }
            return Map.of();
        }
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
