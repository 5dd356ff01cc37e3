package io.millrace.cli.demo;

import io.millrace.cli.flink.Durations;
import io.millrace.cli.job.DeadLetterDefaults;
import io.millrace.cli.job.JobRequest;
import io.millrace.cli.job.JobRun;
import io.millrace.cli.state.JobFolder;
import io.millrace.cli.terminal.Logging;
import io.millrace.cli.terminal.Screen;
import io.millrace.cli.terminal.StopSignal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.commons.io.file.PathUtils;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code millrace demo}: everything in one process, for a first look. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        header = {"Shows the whole way in one process: devices, broker, rule, TDengine.", ""},
        description = {
            "",
            "Starts an MQTT broker, a development server that stands in for TDengine, simulated"
                    + " devices, and a rule on Flink between them; shows what arrives until Ctrl-C,"
                    + " and then the last rows. Listens on 127.0.0.1 only and keeps nothing.",
            ""
        },
        optionListHeading = "Options:%n",
        footerHeading = "%n",
        footer = {
            "@|bold Examples|@:",
            "",
            "  millrace demo",
            "  millrace demo --devices 100 --rate 2000 --duration 1min"
        })
public final class DemoCommand implements Callable<Integer> {
    private static final String RULE = "temp_hum.sql";
    private static final String SCHEMA = "schema.sql";

    @Spec private CommandSpec spec;

    @Option(
            names = "--devices",
            paramLabel = "N",
            defaultValue = "10",
            description = "Simulated devices (${DEFAULT-VALUE}).")
    private int devices;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "200",
            description = "Messages a second of all devices together (${DEFAULT-VALUE}).")
    private int rate;

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            converter = Durations.class,
            description = "Ends by itself after this time, such as 30s or 5min.")
    private Duration duration;

    @Option(names = "--verbose", description = "Shows more of the log, with stack traces.")
    private boolean verbose;

    @Override
    public Integer call() throws Exception {
        require(devices >= 1 && devices <= 1000, "--devices is " + devices, "1 to 1000");
        require(rate >= 1 && rate <= 100_000, "--rate is " + rate, "1 to 100000");
        StopSignal stop = StopSignal.ofProcess();
        Screen screen = Screen.ofProcess();
        Path temporary = Files.createTempDirectory("millrace-demo-");
        try {
            JobFolder folder = JobFolder.of(temporary, "temp_hum");
            Logging.start(Files.createDirectories(folder.root()).resolve("millrace.log"), verbose);
            screen.line("Starting a broker, a stand-in for TDengine, and Flink …");
            return run(folder, screen, stop);
        } finally {
            PathUtils.deleteDirectory(temporary);
        }
    }

    private int run(JobFolder folder, Screen screen, StopSignal stop) throws Exception {
        try (DemoServers servers = DemoServers.start()) {
            TDengineRest tdengine =
                    new TDengineRest(servers.tdengineUrl(), DemoServers.USER, DemoServers.PASSWORD);
            tdengine.execute(resource(SCHEMA));
            Path rule = Files.writeString(folder.root().resolve(RULE), resource(RULE));
            JobRequest request =
                    new JobRequest(
                            DeadLetterDefaults.in(folder, servers.connections())
                                    .withJobName("temp_hum"),
                            List.of(rule),
                            folder,
                            Optional.empty());
            try (JobRun run = JobRun.prepare(request);
                    Devices simulated = new Devices(servers.brokerUrl(), devices, rate)) {
                screen.line(new DemoBanner(screen).of(servers, run, devices, rate, resource(RULE)));
                run.submit();
                boolean ran =
                        new DemoShow(run, simulated, tdengine, screen, stop)
                                .until(Optional.ofNullable(duration));
                return ran ? ExitCode.OK : ExitCode.SOFTWARE;
            }
        }
    }

    private void require(boolean condition, String given, String allowed) {
        if (!condition) {
            throw new ParameterException(
                    spec.commandLine(), given + "; allowed are " + allowed + ".");
        }
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = DemoCommand.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
