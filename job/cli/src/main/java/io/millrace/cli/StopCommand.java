package io.millrace.cli;

import io.millrace.cli.cluster.JobEnd;
import io.millrace.cli.cluster.JobHandle;
import io.millrace.cli.flink.Durations;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code millrace stop}. */
@Command(
        name = "stop",
        mixinStandardHelpOptions = true,
        versionProvider = Millrace.Version.class,
        header = {"Stops a job with a savepoint, from which a next start goes on.", ""},
        description = {
            "All that was read is written and acknowledged to the broker, so no message comes a"
                    + " second time. What is published afterwards waits at the broker.",
            ""
        },
        sortOptions = false,
        optionListHeading = "%n@|bold Options|@:%n",
        footerHeading = "%n",
        footer = {
            "@|bold Examples|@:",
            "",
            "  millrace stop plant",
            "  millrace stop plant --savepoint-dir file:///mnt/flink/savepoints"
        })
final class StopCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "NAME", description = "The job's name, or its id.")
    private String name;

    @Mixin private JobsOption options;

    @Option(
            names = "--savepoint-dir",
            paramLabel = "URI",
            description =
                    "Where a cluster's job leaves the savepoint; if not given, where the job or the"
                            + " cluster says (execution.checkpointing.savepoint-dir). A local run"
                            + " has a place of its own.")
    private String folder;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = "5 min",
            converter = Durations.class,
            description = "How long to wait for the savepoint (${DEFAULT-VALUE}).")
    private Duration timeout;

    @Override
    public Integer call() throws IOException, InterruptedException {
        JobHandle job = options.jobs().running(name);
        PrintWriter out = spec.commandLine().getOut();
        String savepoint = new JobEnd(job, timeout).stop(Optional.ofNullable(folder));
        out.printf("Job '%s' is stopped. Savepoint:%n  %s%n", job.name(), savepoint);
        if (job.local().isPresent()) {
            out.println("The next 'millrace run' of these rules goes on from there.");
        } else {
            out.printf("Go on with:  millrace submit … --from-savepoint %s%n", savepoint);
        }
        return ExitCode.OK;
    }
}
