package io.millrace.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The rules that a command is about: all that are given are one job. */
final class RuleFilesOption {
    private static final Path FOLDER = Path.of("sql");

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Parameters(
            arity = "0..*",
            paramLabel = "FILE.sql",
            description = "Files with rules; all in ./sql if none is given.")
    private List<Path> files = new ArrayList<>();

    /**
     * The files, of which each can be read.
     *
     * @throws ParameterException if one cannot, or there is none
     */
    List<Path> files() throws IOException {
        return readable(files);
    }

    /** The same for a command whose first parameter is something else, which is counted in here. */
    List<Path> filesBehindFirst() throws IOException {
        return readable(files.isEmpty() ? files : files.subList(1, files.size()));
    }

    private List<Path> readable(List<Path> given) throws IOException {
        List<Path> all = given.isEmpty() ? inFolder() : given;
        for (Path file : all) {
            if (Files.isDirectory(file)) {
                throw usage(
                        "'%s' is a folder. Give the files in it: %s"
                                .formatted(file, file.resolve("*.sql")));
            }
            if (!Files.isReadable(file)) {
                throw usage("Rule file '" + file + "' cannot be read.");
            }
        }
        return List.copyOf(all);
    }

    private List<Path> inFolder() throws IOException {
        if (!Files.isDirectory(FOLDER)) {
            throw usage(
                    "No rule file is given, and there is no folder 'sql' here. Give files, or make"
                            + " a project with 'millrace init'.");
        }
        try (Stream<Path> listed = Files.list(FOLDER)) {
            List<Path> found =
                    listed.filter(file -> file.getFileName().toString().endsWith(".sql"))
                            .sorted()
                            .toList();
            if (found.isEmpty()) {
                throw usage(
                        "No rule file is given, and the folder 'sql' has none. A rule is a file"
                                + " such as sql/temp_hum.sql.");
            }
            return found;
        }
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
