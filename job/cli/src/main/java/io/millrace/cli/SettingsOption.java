package io.millrace.cli;

import io.millrace.rule.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The settings file. */
final class SettingsOption {
    private static final Path DEFAULT = Path.of("millrace.yaml");

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--settings",
            paramLabel = "FILE",
            description = "Connections and more; ./millrace.yaml if that is there.")
    private Path file;

    /** The file, if there is one. */
    Optional<Path> file() {
        return file != null ? Optional.of(file) : Optional.of(DEFAULT).filter(Files::exists);
    }

    /** What it says, or nothing if there is none. */
    Settings read() throws IOException {
        if (file == null) {
            return Files.exists(DEFAULT) ? Settings.read(DEFAULT) : Settings.empty();
        }
        if (!Files.isReadable(file)) {
            throw new ParameterException(
                    spec.commandLine(), "Settings file '" + file + "' cannot be read.");
        }
        return Settings.read(file);
    }
}
