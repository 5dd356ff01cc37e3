package io.millrace.mqtt.client;

import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Silences Paho's own log. It prints a stack trace to the console for each connection that breaks,
 * through java.util.logging, which Flink does not route; the same is told in our log in one line.
 */
final class PahoLogging {
    // Held, since the JDK forgets the level of a logger that nobody refers to.
    private static final Logger PAHO = Logger.getLogger("org.eclipse.paho");

    private PahoLogging() {}

    /** Unless somebody chose a level. */
    static void silence() {
        if (PAHO.getLevel() == null) {
            PAHO.setLevel(Level.OFF);
        }
    }
}
