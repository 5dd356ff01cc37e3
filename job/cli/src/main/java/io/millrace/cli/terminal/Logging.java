package io.millrace.cli.terminal;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import org.apache.logging.log4j.core.config.Configurator;

/**
 * The log of this process: warnings of Millrace on the error stream, a line each; more, with stack
 * traces, in a file. Configured by {@code millrace-log4j2.xml}.
 */
public final class Logging {
    private static final String CONFIGURATION = "/millrace-log4j2.xml";

    private Logging() {}

    /** To be called before anything logs: java.util.logging, which Paho uses, is sent here too. */
    public static void beforeAll() {
        System.setProperty("java.util.logging.manager", "org.apache.logging.log4j.jul.LogManager");
        // No word from log4j about having no configuration before start() gives it one.
        System.setProperty("log4j2.statusLoggerLevel", "OFF");
    }

    /**
     * Begins to log.
     *
     * @param file rolled over by size
     * @param verbose shows more on the error stream, with stack traces
     */
    public static void start(Path file, boolean verbose) {
        System.setProperty("millrace.log.file", file.toString());
        System.setProperty("millrace.log.own", verbose ? "INFO" : "WARN");
        System.setProperty("millrace.log.others", verbose ? "WARN" : "OFF");
        System.setProperty("millrace.log.traces", verbose ? "full" : "none");
        try {
            URI configuration = Logging.class.getResource(CONFIGURATION).toURI();
            Configurator.reconfigure(configuration);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
