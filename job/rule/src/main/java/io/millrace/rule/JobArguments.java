package io.millrace.rule;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The arguments of {@link JobMain}.
 *
 * @param files with rules
 */
record JobArguments(List<Path> files, Optional<Path> settingsFile, Optional<String> name) {
    private static final String USAGE = "Allowed are: FILE.sql… [--settings FILE] [--name NAME].";

    /**
     * Reads them.
     *
     * @throws RuleException if they are wrong, or a file cannot be read
     */
    static JobArguments parse(List<String> arguments) {
        List<Path> files = new ArrayList<>();
        Optional<Path> settings = Optional.empty();
        Optional<String> name = Optional.empty();
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            switch (argument) {
                case "--settings" -> settings = Optional.of(Path.of(value(arguments, ++i)));
                case "--name" -> name = Optional.of(value(arguments, ++i));
                default -> {
                    if (argument.startsWith("-")) {
                        throw new RuleException(
                                "Argument '%s' is not known. %s".formatted(argument, USAGE));
                    }
                    files.add(Path.of(argument));
                }
            }
        }
        if (files.isEmpty()) {
            throw new RuleException("There is no rule file. " + USAGE);
        }
        files.forEach(file -> requireReadable("Rule file", file));
        settings.ifPresent(file -> requireReadable("Settings file", file));
        return new JobArguments(List.copyOf(files), settings, name);
    }

    private static String value(List<String> arguments, int index) {
        if (index >= arguments.size()) {
            throw new RuleException(
                    "Argument '%s' needs a value. %s".formatted(arguments.get(index - 1), USAGE));
        }
        return arguments.get(index);
    }

    private static void requireReadable(String what, Path file) {
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new RuleException(
                    "%s '%s' cannot be read on this machine (working directory %s)."
                            .formatted(what, file, Path.of("").toAbsolutePath()));
        }
    }

    /** The settings, with the job's name. */
    Settings settings() throws IOException {
        Settings read =
                settingsFile.isPresent() ? Settings.read(settingsFile.get()) : Settings.empty();
        return read.withJobName(name.or(read::jobName).orElseGet(() -> RuleJob.defaultName(files)));
    }
}
