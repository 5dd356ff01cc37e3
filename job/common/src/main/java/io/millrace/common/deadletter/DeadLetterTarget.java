package io.millrace.common.deadletter;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;

/**
 * Where dead letters go: the value of an option such as {@code 'sink.dead-letter'}. {@code
 * file:/path} keeps them in a folder, {@code log} only logs them and {@code fail} fails the job.
 */
public sealed interface DeadLetterTarget extends Serializable {

    /** Says what the option allows, for messages and documents. */
    String ALLOWED = "'file:/path' (a folder), 'log' or 'fail'";

    /**
     * Reads an option's value.
     *
     * @throws IllegalArgumentException if it is none of {@link #ALLOWED}; the message says what is
     *     allowed
     */
    static DeadLetterTarget parse(String value) {
        if (value.equals("log")) {
            return new Log();
        }
        if (value.equals("fail")) {
            return new Fail();
        }
        if (value.startsWith("file:")) {
            String path = value.substring("file:".length()).replaceFirst("^//(?=/)", "");
            if (!path.isBlank()) {
                return new Files(path);
            }
        }
        throw new IllegalArgumentException(
                "Dead-letter target '" + value + "' is not known; allowed are " + ALLOWED + ".");
    }

    /**
     * Opens the target for one writer.
     *
     * @param owner a name for the writer that is unique among the job's running writers and can
     *     stand in a file name, such as {@code mqtt-0}
     */
    DeadLetterWriter open(String owner) throws IOException;

    /** One file of JSON lines per writer in a folder. */
    record Files(String folder) implements DeadLetterTarget {
        private static final long serialVersionUID = 1L;

        @Override
        public DeadLetterWriter open(String owner) {
            return new FileDeadLetters(Path.of(folder), owner);
        }
    }

    /** A warning per letter in the log. Voids the guarantee that nothing is lost. */
    record Log() implements DeadLetterTarget {
        private static final long serialVersionUID = 1L;

        @Override
        public DeadLetterWriter open(String owner) {
            return new LoggedDeadLetters();
        }
    }

    /** The first letter fails the job. */
    record Fail() implements DeadLetterTarget {
        private static final long serialVersionUID = 1L;

        @Override
        public DeadLetterWriter open(String owner) {
            return new NoDeadLetters();
        }
    }
}
