package io.millrace.cli;

import io.millrace.cli.terminal.Logging;
import io.millrace.rule.RuleException;
import io.millrace.rule.Settings;
import io.millrace.rule.script.Dialect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What trials of rules have in common: connections, settings, dialect. */
final class TrialOptions {
    @Mixin private ConnectionOptions connections;

    @Mixin private SettingsOption settingsFile;

    @Option(
            names = "--dialect",
            paramLabel = "NAME",
            description =
                    "Language of rules that do not say theirs with SET 'rule.dialect': flink or"
                            + " emqx (flink).")
    private Dialect dialect;

    @Option(names = "--verbose", description = "Shows more of the log, with stack traces.")
    private boolean verbose;

    Settings settings() throws IOException {
        Settings settings = connections.over(settingsFile.read());
        return dialect == null
                ? settings
                : settings.withFlink(Map.of(Dialect.OPTION, dialect.text()));
    }

    /** Begins to log. */
    void log(Path file) {
        Logging.start(file, verbose);
        if (!verbose) {
            // What a rule fails on is shown anyway.
            Configurator.setLevel("io.millrace.rule.operator", Level.OFF);
        }
    }

    /** Reads a file of definitions. */
    static String definitions(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new RuleException(
                    "File '%s' with definitions of tables cannot be read.".formatted(file), e);
        }
    }
}
