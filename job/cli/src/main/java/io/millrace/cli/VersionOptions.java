package io.millrace.cli;

import io.millrace.cli.cluster.ClusterOption;
import io.millrace.cli.cluster.JobJar;
import io.millrace.cli.cluster.Jobs;
import io.millrace.cli.state.JobFolder;
import io.millrace.cli.upgrade.KeptVersion;
import io.millrace.rule.Settings;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What it takes to put a version of a job on a cluster, and to know it later: a mixin. */
final class VersionOptions {
    @Mixin private ClusterOption cluster;

    @Option(
            names = "--state",
            paramLabel = "DIR",
            defaultValue = ".millrace",
            description =
                    "Where versions of jobs are kept, for 'upgrade' to go back to, and where"
                            + " 'millrace run' keeps its jobs (${DEFAULT-VALUE}).")
    private Path state;

    @Option(
            names = "--job-jar",
            paramLabel = "FILE",
            description = "What runs on the cluster; millrace-job.jar beside this command's jar.")
    private Path jobJar;

    /** The jobs that run, here and on the cluster. */
    Jobs jobs(Settings settings) {
        return new Jobs(state, cluster.address(settings));
    }

    /** The folder of {@code --state}. */
    Path state() {
        return state;
    }

    /** Where versions of a job are kept. */
    KeptVersion kept(String job) {
        return KeptVersion.of(JobFolder.of(state, job));
    }

    /** What runs on the cluster. */
    JobJar jar() {
        return JobJar.find(Optional.ofNullable(jobJar), Millrace.Version.number());
    }
}
