package io.millrace.cli.state;

import java.nio.file.Path;

/** The job is running already. The message is ready to print. */
public final class JobLockedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    JobLockedException(String jobName, Path folder, String pid) {
        super(
                "Job '"
                        + jobName
                        + "' is running already"
                        + (pid.isEmpty() ? "" : " as process " + pid)
                        + " with state in "
                        + folder
                        + ". Stop that one first, or give this one another name with --name"
                        + " (its own state and MQTT sessions).");
    }
}
