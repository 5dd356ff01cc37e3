package io.millrace.cli;

import io.millrace.cli.check.CheckJson;
import io.millrace.cli.check.CheckOutcome;
import io.millrace.cli.check.CheckText;
import io.millrace.cli.flink.FlinkDefaults;
import io.millrace.cli.job.DeadLetterDefaults;
import io.millrace.cli.state.JobFolder;
import io.millrace.cli.terminal.Logging;
import io.millrace.cli.terminal.Screen;
import io.millrace.rule.RuleCheck;
import io.millrace.rule.RuleException;
import io.millrace.rule.RuleJob;
import io.millrace.rule.Settings;
import io.millrace.rule.script.Dialect;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code millrace check}: what can be known of rules without running them. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        versionProvider = Millrace.Version.class,
        header = {"Tells all that is wrong with rules, without running them.", ""},
        description = {
            "",
            "All files together are one job. Syntax, names, functions, types and options are"
                    + " checked, and the rules are compared with the tables that TDengine has."
                    + " Nothing is started, and nothing is changed at any server.",
            "",
            "It prints the rules, for each topic the table that it is read as, and then what was"
                    + " found: an @|bold error|@ keeps the job from running, a @|bold warning|@ is"
                    + " probably not meant, a @|bold note|@ says how something works.",
            ""
        },
        sortOptions = false,
        parameterListHeading = "Rules:%n",
        optionListHeading = "%n@|bold Options|@:%n",
        footerHeading = "%n",
        footer = {
            "@|bold Examples|@:",
            "",
            "  millrace check",
            "  millrace check sql/temp_hum.sql --offline",
            "  millrace check --strict --json > check.json",
            "",
            "@|bold JSON|@: an object with 'ok', 'files', 'rules' (objects with 'name', 'file',"
                    + " 'line', 'description', 'dialect', 'topics', 'target'), 'topics' ('filter',"
                    + " 'ddl', 'payload', 'assumed', 'rules'), 'problems' ('severity', 'file',"
                    + " 'line', 'column', 'source', 'message': what is wrong, 'remedy': what to do,"
                    + " if the message does not say it; those about no file have no place),"
                    + " 'offline', 'unreachable' (texts) and with --explain 'explain'.",
            "",
            "@|bold Exit codes|@: 0 no errors, 1 a server could not be asked, 2 errors, or with"
                    + " --strict warnings."
        })
final class CheckCommand implements Callable<Integer> {
    private static final Path STATE = Path.of(".millrace");

    @Spec private CommandSpec spec;

    @Mixin private RuleFilesOption ruleFiles;
    @Mixin private ConnectionOptions connections;
    @Mixin private SettingsOption settingsFile;

    @Option(names = "--offline", description = "Asks no server; tables are not compared then.")
    private boolean offline;

    @Option(names = "--strict", description = "Warnings are errors.")
    private boolean strict;

    @Option(names = "--explain", description = "Adds Flink's plan, if there are no errors.")
    private boolean explain;

    @Option(names = "--json", description = "One JSON document; see below.")
    private boolean json;

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
            description = "Name of the job. From the files' names if not given.")
    private String name;

    @Option(names = "-D", paramLabel = "KEY=VALUE", description = "An option of Flink.")
    private Map<String, String> flink = new LinkedHashMap<>();

    @Option(names = "--verbose", description = "Shows more of the log, with stack traces.")
    private boolean verbose;

    @Override
    public Integer call() throws IOException {
        Logging.start(Path.of(System.getProperty("java.io.tmpdir"), "millrace-check.log"), verbose);
        List<Path> files = ruleFiles.files();
        CheckOutcome outcome;
        try {
            outcome = CheckOutcome.of(check(files), explain, strict);
        } catch (RuleException wrong) {
            outcome = CheckOutcome.failed(files, wrong.problems());
        }
        spec.commandLine()
                .getOut()
                .println(json ? CheckJson.of(outcome) : CheckText.of(outcome, Screen.ofProcess()));
        return outcome.exitCode();
    }

    private RuleCheck check(List<Path> files) throws IOException {
        Settings settings = settings(files);
        JobFolder folder = JobFolder.of(STATE, settings.jobName().orElseThrow());
        return RuleCheck.of(
                DeadLetterDefaults.in(folder, settings),
                files,
                FlinkDefaults.configuration(
                        folder,
                        settings.jobName().orElseThrow(),
                        Optional.empty(),
                        settings.flink()),
                offline);
    }

    private Settings settings(List<Path> files) throws IOException {
        Map<String, String> options = new LinkedHashMap<>(flink);
        if (dialect != null) {
            options.put(Dialect.OPTION, dialect.text());
        }
        Settings settings = connections.over(settingsFile.read()).withFlink(options);
        if (name != null) {
            return settings.withJobName(name);
        }
        return settings.jobName().isPresent()
                ? settings
                : settings.withJobName(RuleJob.defaultName(files));
    }
}
