package io.millrace.cli.state;

import java.nio.file.Path;
import java.time.Instant;

/**
 * A complete checkpoint or savepoint on disk.
 *
 * @param folder holds {@code _metadata}
 * @param number grows with each checkpoint of a job name, across runs
 * @param written when it was completed
 */
public record RetainedCheckpoint(Path folder, long number, Instant written) {
    /** Whether the job was stopped with it in an orderly way. */
    public boolean isSavepoint() {
        return folder.getFileName().toString().startsWith("savepoint-");
    }
}
