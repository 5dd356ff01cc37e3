package io.millrace.cli.cluster;

import java.io.IOException;

/** A log that grows: a file here, or one that Flink hands out. */
interface LogSource {
    /** What to call it, such as {@code TaskManager localhost:40001}. */
    String title();

    /** All of it, or of what it holds since it was rolled over. */
    String read() throws IOException, InterruptedException;
}
