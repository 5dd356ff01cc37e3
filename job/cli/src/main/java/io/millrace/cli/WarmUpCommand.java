package io.millrace.cli;

import io.millrace.rule.RuleJob;
import io.millrace.rule.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.flink.configuration.Configuration;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;

/**
 * {@code millrace warm-up}: does what commands do, without servers and without a word, so that the
 * JVM loads the classes that they need. {@code bin/millrace} has the JVM keep them for later
 * starts.
 */
@Command(name = "warm-up", hidden = true)
final class WarmUpCommand implements Callable<Integer> {
    private static final String RULES = "warm-up.sql";

    @Override
    public Integer call() throws IOException {
        Path folder = Files.createTempDirectory("millrace-warm-up");
        Path rules = folder.resolve(RULES);
        try {
            try (InputStream text = WarmUpCommand.class.getResourceAsStream(RULES)) {
                Files.copy(text, rules);
            }
            RuleJob.prepare(settings(), List.of(rules), new Configuration()).explain();
            help();
        } finally {
            Files.deleteIfExists(rules);
            Files.delete(folder);
        }
        return ExitCode.OK;
    }

    private static Settings settings() {
        return Settings.empty()
                .withConnection("mqtt", Map.of("type", "mqtt", "url", "tcp://127.0.0.1:1883"));
    }

    private static void help() {
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        CommandLine commands = Millrace.commandLine();
        commands.usage(nowhere);
        commands.getSubcommands().values().forEach(command -> command.usage(nowhere));
    }
}
