package io.millrace.cli.job;

import io.millrace.cli.flink.FlinkDefaults;
import io.millrace.cli.state.JobFolder;
import io.millrace.cli.state.RetainedCheckpoint;
import io.millrace.rule.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.flink.configuration.Configuration;

/**
 * What is to be run, where its state is and from which checkpoint it resumes.
 *
 * @param settings complete: with the job's name, and Flink's options of the command line
 */
public record JobRequest(
        Settings settings,
        List<Path> files,
        JobFolder folder,
        Optional<RetainedCheckpoint> resumeFrom) {

    /** The name of the job. */
    public String jobName() {
        return settings.jobName().orElseThrow();
    }

    /** Flink's configuration: defaults, and over them what the user asks for. */
    public Configuration flink() {
        return FlinkDefaults.configuration(folder, jobName(), resumeFrom, settings.flink());
    }
}
