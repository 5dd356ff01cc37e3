package io.millrace.common.deadletter;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/**
 * Where dead letters go: the value of an option such as {@code 'sink.dead-letter'}. {@code
 * file:/path} keeps them in a folder, {@code log} only logs them and {@code fail} fails the job;
 * each connector can add {@linkplain Kind kinds} of its own.
 */
public interface DeadLetterTarget extends Serializable {

    /**
     * A kind of target that one connector knows.
     *
     * @param name what stands before the colon, such as {@code topic}
     * @param allowed how messages tell it, such as {@code 'topic:NAME' (an MQTT topic)}
     * @param reader makes a target of what stands behind the colon; throws {@link
     *     IllegalArgumentException} if that is wrong
     */
    record Kind(String name, String allowed, Function<String, DeadLetterTarget> reader) {}

    /**
     * Reads an option's value.
     *
     * @param kinds those that are allowed beside {@code file:}, {@code log} and {@code fail}
     * @throws IllegalArgumentException if it is none of them; the message says what is allowed
     */
    static DeadLetterTarget parse(String value, Kind... kinds) {
        for (Kind kind : kinds) {
            if (value.startsWith(kind.name() + ":")) {
                return kind.reader().apply(value.substring(kind.name().length() + 1));
            }
        }
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
                "Dead-letter target '"
                        + value
                        + "' is not known; allowed are "
                        + allowed(kinds)
                        + ".");
    }

    private static String allowed(Kind... kinds) {
        StringBuilder allowed = new StringBuilder("'file:/path' (a folder), ");
        for (Kind kind : List.of(kinds)) {
            allowed.append(kind.allowed()).append(", ");
        }
        return allowed.append("'log' or 'fail'").toString();
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
