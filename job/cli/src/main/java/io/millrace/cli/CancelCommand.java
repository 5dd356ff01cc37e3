package io.millrace.cli;

import io.millrace.cli.cluster.JobEnd;
import io.millrace.cli.cluster.JobHandle;
import java.io.Console;
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
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code millrace cancel}. */
@Command(
        name = "cancel",
        mixinStandardHelpOptions = true,
        versionProvider = Millrace.Version.class,
        header = {"Ends a job where it stands, without a savepoint.", ""},
        description = {
            "For a job that cannot be stopped, say because TDengine does not answer. A next start"
                    + " resumes from the last checkpoint; the broker sends again what came after"
                    + " it, which 'millrace stop' avoids.",
            ""
        },
        sortOptions = false,
        optionListHeading = "%n@|bold Options|@:%n")
final class CancelCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "NAME", description = "The job's name, or its id.")
    private String name;

    @Mixin private JobsOption options;

    @Option(names = "--yes", description = "Does not ask.")
    private boolean yes;

    @Override
    public Integer call() throws IOException, InterruptedException {
        JobHandle job = options.jobs().running(name);
        PrintWriter out = spec.commandLine().getOut();
        if (!yes && !agreed(job)) {
            out.println("Nothing was changed.");
            return ExitCode.SOFTWARE;
        }
        Optional<String> checkpoint = new JobEnd(job, PATIENCE).cancel();
        out.printf("Job '%s' is cancelled.", job.name());
        out.println(
                checkpoint
                        .map(path -> String.format(" Its last checkpoint:%n  %s", path))
                        .orElse(" It has left no checkpoint: a next start begins anew."));
        checkpoint.ifPresent(
                path ->
                        out.println(
                                job.local().isPresent()
                                        ? "The next 'millrace run' of these rules goes on from"
                                                + " there."
                                        : "Go on with:  millrace submit … --from-savepoint "
                                                + path));
        return ExitCode.OK;
    }

    private boolean agreed(JobHandle job) {
        Console console = System.console();
        if (console == null) {
            throw new ParameterException(
                    spec.commandLine(),
                    "'cancel' asks first, and there is no terminal to ask on; add --yes."
                            + " 'millrace stop "
                            + job.name()
                            + "' ends it with a savepoint instead.");
        }
        String answer =
                console.readLine(
                        "Job '%s' (%s) ends without a savepoint; 'millrace stop' makes one.%n"
                                + "Cancel it? [y/N] ",
                        job.name(), job.where());
        return answer != null && answer.strip().matches("(?i)y(es)?");
    }
}
