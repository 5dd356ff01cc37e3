package io.millrace.tdengine.scan;

import io.millrace.tdengine.sink.writer.RetryPolicy;
import java.io.Serializable;
import java.time.Duration;

/**
 * How reading goes on over errors that pass.
 *
 * @param policy the waits between attempts
 * @param timeout after so long without an answer reading fails, and with it the job
 * @param repetitions after so many without an answer it fails, too
 * @param option that says so, for messages
 */
public record ReadRetries(RetryPolicy policy, Duration timeout, int repetitions, String option)
        implements Serializable {
    private static final long serialVersionUID = 1L;
}
