package io.millrace.cli;

import io.millrace.cli.demo.DemoCommand;
import io.millrace.cli.flink.RootCause;
import io.millrace.cli.state.JobLockedException;
import io.millrace.cli.terminal.Logging;
import io.millrace.cli.terminal.ServerException;
import io.millrace.mqtt.client.MqttFailure;
import io.millrace.rule.RuleException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The {@code millrace} command. */
@Command(
        name = "millrace",
        mixinStandardHelpOptions = true,
        versionProvider = Millrace.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        header = {"Streams MQTT messages through rules written in SQL into TDengine.", ""},
        description = {
            "",
            "A rule is a file of Flink SQL that reads topics and writes tables:",
            "",
            "  INSERT INTO tdengine.iot_data.temp_hum (ts, temp, hum, clientid)",
            "  SELECT now_timestamp('millisecond'), payload.temp, payload.hum, clientid",
            "  FROM \"devices/temp_hum\";",
            ""
        },
        commandListHeading = "Commands:%n",
        optionListHeading = "Options:%n",
        footer = {
            "",
            "@|bold Begin|@ with a broker, a TDengine and devices that are all in this process:",
            "",
            "  millrace demo",
            "",
            "@|bold Go on|@ with your own:",
            "",
            "  millrace run rule.sql --mqtt-url tcp://localhost:1883 \\",
            "      --tdengine-url http://localhost:6041 --tdengine-username root \\",
            "      --tdengine-password",
            "",
            "'millrace help run' tells more. In a clone, 'millrace' is",
            "'java -jar job/cli/target/millrace.jar'."
        },
        subcommands = {
            DemoCommand.class,
            InitCommand.class,
            TestConnectionCommand.class,
            CheckCommand.class,
            TryCommand.class,
            TestCommand.class,
            RunCommand.class,
            SubmitCommand.class,
            UpgradeCommand.class,
            ListCommand.class,
            StatusCommand.class,
            LogsCommand.class,
            StopCommand.class,
            CancelCommand.class,
            ConvertCommand.class,
            DlqCommand.class,
            SqlCommand.class,
            PublishCommand.class,
            WarmUpCommand.class,
            CommandLine.HelpCommand.class
        })
public final class Millrace implements Callable<Integer> {
    @Spec private CommandSpec spec;

    private Millrace() {}

    /** Without a command: help. */
    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return ExitCode.USAGE;
    }

    /** Runs a command; the process ends with the command's exit code. */
    public static void main(String[] arguments) {
        Logging.beforeAll();
        int code = commandLine().execute(arguments);
        // Also ends threads of clients that were not closed in time.
        System.exit(code);
    }

    /** The command, to be executed with arguments. */
    static CommandLine commandLine() {
        return new CommandLine(new Millrace())
                .setUsageHelpAutoWidth(true)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(Millrace::correct)
                .setExecutionExceptionHandler(Millrace::explain);
    }

    /** A line on what is wrong, and where to read on; the whole help would hide it. */
    private static int correct(ParameterException wrong, String[] arguments) {
        CommandLine command = wrong.getCommandLine();
        PrintWriter err = command.getErr();
        err.println(command.getColorScheme().errorText(wrong.getMessage()));
        UnmatchedArgumentException.printSuggestions(wrong, err);
        err.printf("Try '%s --help'.%n", command.getCommandSpec().qualifiedName());
        return ExitCode.USAGE;
    }

    private static int explain(Exception thrown, CommandLine command, ParseResult parsed) {
        PrintWriter err = command.getErr();
        if (thrown instanceof RuleException || thrown instanceof JobLockedException) {
            err.println(thrown.getMessage());
            return ExitCode.USAGE;
        }
        if (thrown instanceof ServerException || thrown instanceof MqttFailure) {
            LoggerFactory.getLogger(Millrace.class).info("The command failed", thrown);
            err.println(thrown.getMessage());
            return ExitCode.SOFTWARE;
        }
        LoggerFactory.getLogger(Millrace.class).info("The command failed", thrown);
        err.println(command.getColorScheme().errorText("Failed: " + RootCause.of(thrown)));
        ParseResult innermost = parsed;
        while (innermost.hasSubcommand()) {
            innermost = innermost.subcommand();
        }
        boolean verbose = innermost.hasMatchedOption("--verbose");
        if (verbose) {
            thrown.printStackTrace(err);
        } else {
            err.println("--verbose shows where it happened.");
        }
        return ExitCode.SOFTWARE;
    }

    /** The version in the jar's manifest. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"millrace " + number()};
        }

        static String number() {
            String version = Millrace.class.getPackage().getImplementationVersion();
            return version == null ? "(not packaged)" : version;
        }
    }
}
