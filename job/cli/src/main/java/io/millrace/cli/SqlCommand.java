package io.millrace.cli;

import io.millrace.cli.direct.StatementRunner;
import io.millrace.cli.direct.StatementScript;
import io.millrace.cli.dlq.Connections;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code millrace sql}. */
@Command(
        name = "sql",
        mixinStandardHelpOptions = true,
        versionProvider = Millrace.Version.class,
        header = {"Executes statements of TDengine, where no other client is at hand.", ""},
        description = {
            "",
            "It is for creating tables and looking at rows. Statements are TDengine's own and go"
                    + " there as they are, one after the other, up to the first that fails.",
            ""
        },
        sortOptions = false,
        footerHeading = "%n",
        footer = {
            "@|bold Examples|@:",
            "",
            "  millrace sql schema.sql",
            "  millrace sql -e 'SELECT * FROM iot_data.temp_hum ORDER BY ts DESC LIMIT 10'",
            "",
            "@|bold Exit codes|@: 0 all were executed, 1 one failed, 2 wrong usage."
        })
final class SqlCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Parameters(arity = "0..*", paramLabel = "FILE", description = "Files with statements.")
    private List<Path> files = new ArrayList<>();

    @Option(names = "-e", paramLabel = "STATEMENT", description = "A statement, or several with ;.")
    private List<String> given = new ArrayList<>();

    @Mixin private ConnectionOptions connections;
    @Mixin private SettingsOption settings;

    @Option(
            names = "--connection",
            paramLabel = "NAME",
            description = "Which to use where the settings have several of type 'tdengine'.")
    private String connection;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "1000",
            description = "So many rows are shown (${DEFAULT-VALUE}).")
    private int limit;

    @Mixin private LogOption log;

    @Override
    public Integer call() throws Exception {
        List<String> statements = statements();
        log.start("sql");
        PrintWriter out = spec.commandLine().getOut();
        Set<String> chosen = connection == null ? Set.of() : Set.of(connection);
        try (Connections all = new Connections(connections.over(settings.read()), chosen)) {
            StatementRunner runner = new StatementRunner(all.tdengine(null), limit, out::println);
            for (String statement : statements) {
                runner.run(statement);
                out.flush();
            }
        }
        return ExitCode.OK;
    }

    private List<String> statements() throws IOException {
        if (limit < 1) {
            throw usage("--limit is " + limit + "; allowed is 1 and more.");
        }
        List<String> statements = new ArrayList<>();
        for (Path file : files) {
            if (!Files.isReadable(file) || Files.isDirectory(file)) {
                throw usage(
                        "File '%s' cannot be read. A statement itself is given with -e."
                                .formatted(file));
            }
            statements.addAll(StatementScript.split(Files.readString(file)));
        }
        given.forEach(text -> statements.addAll(StatementScript.split(text)));
        if (statements.isEmpty()) {
            throw usage("There is no statement. Give a file, or -e 'SELECT …'.");
        }
        return statements;
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
