package io.millrace.cli.job;

import io.millrace.cli.state.JobFolder;
import io.millrace.rule.Settings;

/** Dead letters go to the job's folder unless a connection says otherwise. */
public final class DeadLetterDefaults {
    private DeadLetterDefaults() {}

    /** The settings with a place for the dead letters of each connection. */
    public static Settings in(JobFolder folder, Settings settings) {
        return io.millrace.rule.DeadLetterDefaults.at("file:" + folder.deadLetters(), settings);
    }
}
