package io.millrace.cli;

import io.millrace.cli.terminal.Logging;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** What of the log is shown; all of it goes to a file in the temporary folder: a mixin. */
final class LogOption {
    @Option(names = "--verbose", description = "Shows more of the log, with stack traces.")
    private boolean verbose;

    /**
     * Begins to log.
     *
     * @param command whose file it is
     */
    void start(String command) throws IOException {
        Path folder = Path.of(System.getProperty("java.io.tmpdir"));
        Logging.start(folder.resolve("millrace-" + command + ".log"), verbose);
    }
}
