package io.millrace.cli.state;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The folder of one job, by its name: checkpoints, dead letters, the log. Nothing is created here.
 *
 * @param root the folder itself, absolute
 */
public record JobFolder(Path root) {
    private static final int LONGEST_NAME = 100;

    /** Flink needs some 25 MB to start; checkpoints of plain rules a few KB. */
    private static final long SCARCE = 32L << 20;

    /** The folder of a job below the folder that the user chose for all state. */
    public static JobFolder of(Path state, String jobName) {
        return new JobFolder(state.toAbsolutePath().normalize().resolve(fileName(jobName)));
    }

    /** Where Flink keeps checkpoints and savepoints. */
    public Path checkpoints() {
        return root.resolve("checkpoints");
    }

    /** Where inputs and rows go that can never succeed. */
    public Path deadLetters() {
        return root.resolve("dead-letters");
    }

    /** Files of a running job that nobody needs afterwards. */
    public Path temporary() {
        return root.resolve("tmp");
    }

    /** The log. */
    public Path log() {
        return root.resolve("millrace.log");
    }

    /** What a running job says of itself. */
    public Path running() {
        return root.resolve("running.json");
    }

    /** Says how much the disk can still take, if that is so little that it explains failures. */
    public Optional<String> scarceSpace() {
        try {
            long bytes = Files.getFileStore(root).getUsableSpace();
            return bytes < SCARCE
                    ? Optional.of("%d KB are left on the disk".formatted(bytes / 1024))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Held locked while the job runs. */
    public Path lock() {
        return root.resolve("lock");
    }

    /**
     * A name that any file system takes; distinct for distinct job names, also where upper and
     * lower case are the same to the file system.
     */
    static String fileName(String jobName) {
        StringBuilder out = new StringBuilder();
        for (byte b : jobName.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            boolean plain = c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '_';
            boolean innerDot = c == '.' && !out.isEmpty();
            if (plain || innerDot) {
                out.append(c);
            } else {
                out.append('%').append(HexFormat.of().toHexDigits((byte) c));
            }
        }
        if (out.length() <= LONGEST_NAME) {
            return out.toString();
        }
        return out.substring(0, LONGEST_NAME) + "~" + Integer.toHexString(jobName.hashCode());
    }
}
