package io.millrace.cli;

import io.millrace.cli.cluster.ClusterException;
import io.millrace.cli.cluster.JobHandle;
import io.millrace.cli.cluster.JobLogs;
import io.millrace.cli.cluster.Jobs;
import io.millrace.cli.state.JobFolder;
import io.millrace.cli.terminal.StopSignal;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code millrace logs}. */
@Command(
        name = "logs",
        mixinStandardHelpOptions = true,
        versionProvider = Millrace.Version.class,
        header = {"Shows what a job has logged.", ""},
        description = {
            "Of a local run its log, also when it has ended. Of a cluster's job its failures, then"
                    + " the ends of the logs of its TaskManagers and of the JobManager.",
            ""
        },
        sortOptions = false,
        optionListHeading = "%n@|bold Options|@:%n")
final class LogsCommand implements Callable<Integer> {
    private static final Duration LOCAL = Duration.ofMillis(500);
    private static final Duration CLUSTER = Duration.ofSeconds(2);

    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "NAME", description = "The job's name, or its id.")
    private String name;

    @Mixin private JobsOption options;

    @Option(
            names = {"-f", "--follow"},
            description = "Goes on showing what comes, until Ctrl-C.")
    private boolean follow;

    @Option(
            names = {"-n", "--lines"},
            paramLabel = "N",
            defaultValue = "50",
            description = "So many of the last lines of each log (${DEFAULT-VALUE}).")
    private int lines;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (lines < 0) {
            throw new ParameterException(
                    spec.commandLine(), "--lines is " + lines + "; allowed is 0 and more.");
        }
        Jobs jobs = options.jobs();
        PrintWriter out = spec.commandLine().getOut();
        JobLogs logs = new JobLogs(out::println);
        boolean local = add(jobs, logs);
        logs.print(lines);
        out.flush();
        if (follow) {
            follow(logs, local ? LOCAL : CLUSTER, out);
        }
        return ExitCode.OK;
    }

    /** Finds the logs; says whether they are on this machine. */
    private boolean add(Jobs jobs, JobLogs logs) throws IOException, InterruptedException {
        JobHandle job;
        try {
            job = jobs.any(name);
        } catch (ClusterException e) {
            Path file = JobFolder.of(options.state(), name).log();
            if (!Files.exists(file)) {
                throw e;
            }
            logs.add(file);
            return true;
        }
        if (job.local().isPresent()) {
            logs.add(job.local().get().folder().log());
        } else {
            logs.add(job);
        }
        return job.local().isPresent();
    }

    private static void follow(JobLogs logs, Duration interval, PrintWriter out)
            throws InterruptedException {
        StopSignal stop = StopSignal.ofProcess();
        while (!stop.await(interval)) {
            logs.printMore();
            out.flush();
        }
    }
}
