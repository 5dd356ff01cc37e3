package io.millrace.cli;

import io.millrace.cli.project.NewProject;
import io.millrace.cli.terminal.Screen;
import io.millrace.rule.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code millrace init}. */
@Command(
        name = "init",
        mixinStandardHelpOptions = true,
        versionProvider = Millrace.Version.class,
        header = {"Makes a project: settings, a rule, and the table that it writes.", ""},
        description = {
            "",
            "A project is a folder with millrace.yaml and rules in sql/. What is given here about"
                    + " connections is filled in; a password or token goes into a file of its own"
                    + " in .secrets/, which millrace.yaml refers to and .gitignore names."
                    + " Nothing is overwritten.",
            ""
        },
        sortOptions = false,
        footerHeading = "%n",
        footer = {
            "@|bold Examples|@:",
            "",
            "  millrace init",
            "  millrace init plant --mqtt-url ssl://broker:8883 --tdengine-url http://db:6041",
            "",
            "@|bold Exit codes|@: 0 made, 2 something is there already."
        })
final class InitCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "DIR",
            defaultValue = ".",
            description = "Where; the working directory if not given.")
    private Path folder;

    @Mixin private ConnectionOptions connections;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "Name of the job. That of the folder if not given.")
    private String name;

    @Override
    public Integer call() throws IOException {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw usage("'%s' is a file; give a folder.".formatted(folder));
        }
        Map<String, Map<String, String>> given = connections.over(Settings.empty()).connections();
        NewProject project =
                NewProject.of(
                        name == null ? defaultName() : name,
                        given.getOrDefault("mqtt", Map.of()),
                        given.getOrDefault("tdengine", Map.of()));
        List<String> existing = project.existing(folder);
        if (!existing.isEmpty()) {
            throw usage(
                    "There is already %s in '%s'. Nothing was written; give another folder, or move it away."
                            .formatted(String.join(", ", existing), folder));
        }
        project.write(folder);
        spec.commandLine().getOut().println(next(project));
        return ExitCode.OK;
    }

    private String defaultName() {
        Path last = folder.toAbsolutePath().normalize().getFileName();
        return last == null ? "millrace" : last.toString();
    }

    private String next(NewProject project) {
        Screen screen = Screen.ofProcess();
        List<String> lines = new ArrayList<>();
        lines.add("Made in " + folder.toAbsolutePath().normalize() + ":");
        project.names().forEach(file -> lines.add("  " + file));
        project.secretNames().forEach(file -> lines.add("  " + file));
        lines.add("");
        lines.add(
                screen.strong("Next") + ", when millrace.yaml says where broker and TDengine are:");
        lines.add("");
        if (!folder.normalize().toString().isEmpty()) {
            lines.add("  cd " + folder);
        }
        project.variables().forEach(variable -> lines.add("  export " + variable + "=…"));
        step(lines, "millrace sql schema.sql", "creates the table");
        step(lines, "millrace test-connection", "do broker and TDengine answer?");
        step(lines, "millrace check", "is the rule right?");
        step(
                lines,
                "millrace try sql/temp_hum.sql --message '{\"temp\": 23, \"hum\": 90}'",
                "what does it make of a message?");
        step(lines, "millrace run", "runs until Ctrl-C");
        lines.add("");
        lines.add("and in another terminal:");
        lines.add("");
        step(
                lines,
                "millrace publish devices/d1/temp_hum '{\"temp\": 23, \"hum\": 90}'",
                "is a device");
        step(lines, "millrace sql -e 'SELECT * FROM iot_data.readings'", "shows the row");
        return String.join(System.lineSeparator(), lines);
    }

    private static void step(List<String> lines, String command, String what) {
        lines.add("  " + String.format("%-68s", command) + "  # " + what);
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
