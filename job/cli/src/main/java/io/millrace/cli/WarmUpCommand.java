package io.millrace.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

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
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        try {
            try (InputStream text = WarmUpCommand.class.getResourceAsStream(RULES)) {
                Files.copy(text, rules);
            }
            CommandLine commands = Millrace.commandLine().setOut(nowhere).setErr(nowhere);
            commands.usage(nowhere);
            commands.getSubcommands().values().forEach(command -> command.usage(nowhere));
            String broker = "--mqtt-url=tcp://127.0.0.1:1883";
            int checked =
                    commands.execute("check", rules.toString(), "--offline", "--explain", broker);
            int tried =
                    commands.execute(
                            "try",
                            rules.toString(),
                            "--offline",
                            broker,
                            "--topic=devices/d1/temp_hum",
                            "--message={\"temp\": 23, \"hum\": 60}");
            return Math.max(checked, tried);
        } finally {
            Files.deleteIfExists(rules);
            Files.delete(folder);
        }
    }
}
