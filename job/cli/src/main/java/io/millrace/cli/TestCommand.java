package io.millrace.cli;

import io.millrace.cli.terminal.Screen;
import io.millrace.cli.trial.TestRequest;
import io.millrace.cli.trial.TestRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code millrace test}. */
@Command(
        name = "test",
        mixinStandardHelpOptions = true,
        versionProvider = Millrace.Version.class,
        header = {"Tries rules on messages and compares what comes out with what is expected.", ""},
        description = {
            "",
            "A test file stands beside its rules: temp_hum.test.yaml beside temp_hum.sql. 'millrace"
                    + " try … --save FILE' makes one. No server is needed where 'tables' says what the"
                    + " tables look like.",
            ""
        },
        sortOptions = false,
        parameterListHeading = "Tests:%n",
        optionListHeading = "%n@|bold Options|@:%n",
        footerHeading = "%n",
        footer = {
            "@|bold A test file|@:",
            "",
            "  tables: ../deploy/tdengine/schema.sql   # or definitions; else TDengine is asked",
            "  clock: 2026-01-01T12:00:00Z             # where now_timestamp() stands still",
            "  cases:",
            "    - name: a row for each message",
            "      messages:",
            "        - {topic: devices/temp_hum, payload: {temp: 23.5, hum: 61}}",
            "      expect:                             # by rule, table or topic",
            "        iot_data.temp_hum:",
            "          - {ts: 2026-01-01T12:00:00Z, temp: 23.5, hum: 61}   # columns left out: any",
            "      deadLetters: []                     # each a part of a reason",
            "",
            "Further keys: 'rules' (files, if not the one beside), 'offline' (true if 'tables' is"
                    + " given), and of a case 'clock' and 'failures'.",
            "",
            "@|bold Exit codes|@: 0 all is as expected, 1 something is not, 2 wrong usage, rule or test"
                    + " file."
        })
final class TestCommand implements Callable<Integer> {
    private static final String SUFFIX = ".test.yaml";
    private static final Path FOLDER = Path.of("sql");

    @Spec private CommandSpec spec;

    @Parameters(
            arity = "0..*",
            paramLabel = "FILE",
            description =
                    "Test files, or rule files with tests beside them; all in ./sql if none is"
                            + " given.")
    private List<Path> files = new ArrayList<>();

    @Option(
            names = "--update",
            description = "Writes what comes out into the test files as what is expected.")
    private boolean update;

    @Option(names = "--json", description = "One JSON document instead of text.")
    private boolean json;

    @Option(
            names = "--junit",
            paramLabel = "FILE",
            description = "Writes the results as JUnit's XML as well.")
    private Path junit;

    @Mixin private TrialOptions options;

    @Override
    public Integer call() throws Exception {
        List<Path> tests = tests();
        Path log = Files.createTempFile("millrace-test-", ".log");
        try {
            options.log(log);
            return TestRun.run(
                    new TestRequest(
                            options.settings(), tests, update, json, Optional.ofNullable(junit)),
                    Screen.ofProcess());
        } finally {
            Files.deleteIfExists(log);
        }
    }

    private List<Path> tests() throws IOException {
        List<Path> tests = new ArrayList<>();
        for (Path file : files.isEmpty() ? inFolder() : files) {
            Path test = file;
            if (file.toString().endsWith(".sql")) {
                String name = file.getFileName().toString();
                test = file.resolveSibling(name.substring(0, name.length() - 4) + SUFFIX);
            }
            if (!Files.isReadable(test) || Files.isDirectory(test)) {
                throw usage(
                        "Test file '%s' cannot be read. 'millrace try … --save %<s' makes one."
                                .formatted(test));
            }
            tests.add(test);
        }
        return tests;
    }

    private List<Path> inFolder() throws IOException {
        if (!Files.isDirectory(FOLDER)) {
            throw usage("No test file is given, and there is no folder 'sql' here.");
        }
        try (Stream<Path> listed = Files.list(FOLDER)) {
            List<Path> found =
                    listed.filter(file -> file.toString().endsWith(SUFFIX)).sorted().toList();
            if (found.isEmpty()) {
                throw usage(
                        "No test file is given, and the folder 'sql' has none (*" + SUFFIX + ").");
            }
            return found;
        }
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
