package io.millrace.cli;

import io.millrace.cli.cluster.JobHandle;
import io.millrace.cli.cluster.Jobs;
import io.millrace.cli.flink.Durations;
import io.millrace.cli.flink.FlinkUnreachableException;
import io.millrace.cli.status.JobReader;
import io.millrace.cli.status.JobStatus;
import io.millrace.cli.status.PrometheusText;
import io.millrace.cli.status.StatusJson;
import io.millrace.cli.status.StatusText;
import io.millrace.cli.terminal.LiveBlock;
import io.millrace.cli.terminal.Screen;
import io.millrace.cli.terminal.StopSignal;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code millrace status}. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        versionProvider = Millrace.Version.class,
        header = {"Shows what the rules of a running job do.", ""},
        description = {
            "",
            "Per rule, in the current attempt of the job: messages received, filtered and passed,"
                    + " rows written, dead letters, rows in flight, collisions; lag is the age of"
                    + " the oldest message that is not acknowledged, busy and held (back-pressured)"
                    + " are shares of the time of the rule's tasks. For a rule that makes one row of"
                    + " a message the numbers are an equation, whose sides are equal when nothing"
                    + " moves.",
            ""
        },
        sortOptions = false,
        parameterListHeading = "Job:%n",
        optionListHeading = "%n@|bold Options|@:%n",
        footerHeading = "%n",
        footer = {
            "@|bold Examples|@:",
            "",
            "  millrace status",
            "  millrace status plant-7 --watch",
            "  millrace status --json | jq '.rules[] | {name, lagMillis}'",
            "  millrace status --prometheus > /var/lib/node_exporter/millrace.prom",
            "",
            "@|bold JSON|@ (--json): a line for each job and look: at, job{name, id, state,",
            "tasks{up, total}, started, restarts, rest}, checkpoints{completed, failed,",
            "failure{at, cause}, last{id, at, millis, bytes}},",
            "lastFailure{at, cause}, rules[name, received, filtered, passed, written, deadLetters,",
            "inFlight, collisions, unconfirmed, waiting, unacked, lagMillis, busyPercent,",
            "backPressuredPercent, outageSeconds, equation{claimed, accounted, difference, reason}].",
            "",
            "@|bold Exit codes|@: 0 all run, 1 a job has failed, is not there or Flink does not"
                    + " answer, 2 wrong",
            "usage."
        })
final class StatusCommand implements Callable<Integer> {
    /** Flink answers from what it gathered before, so the first answer may be an old one. */
    private static final Duration SETTLE = Duration.ofMillis(700);

    private static final int LOOKS = 4;

    @Spec private CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "NAME",
            description = "Name or id of a job; all that run if none is named.")
    private String name;

    @Mixin private JobsOption options;

    @Option(names = "--watch", description = "Looks again and again, until Ctrl-C.")
    private boolean watch;

    @Option(
            names = "--interval",
            paramLabel = "TIME",
            converter = Durations.class,
            defaultValue = "2s",
            description = "Time between two looks of --watch (${DEFAULT-VALUE}).")
    private Duration interval;

    @Option(names = "--json", description = "A line of JSON for each job and look.")
    private boolean json;

    @Option(names = "--prometheus", description = "Prometheus' text format.")
    private boolean prometheus;

    @Override
    public Integer call() throws Exception {
        if (prometheus && (json || watch)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--prometheus goes with neither --json nor --watch: whatever reads it asks for"
                            + " it again and again.");
        }
        Jobs jobs = options.jobs();
        List<JobHandle> found = name == null ? all(jobs) : List.of(jobs.any(name));
        if (found.isEmpty() && !prometheus) {
            spec.commandLine()
                    .getErr()
                    .println(
                            "No job runs below %s or in Flink at %s. 'millrace run' starts one; --state and --flink-url say where to look."
                                    .formatted(options.state(), jobs.cluster()));
            return ExitCode.SOFTWARE;
        }
        List<JobReader> readers =
                found.stream().map(job -> new JobReader(job.flink(), job.id())).toList();
        return watch ? watch(readers) : once(readers);
    }

    /** Those that have not ended. That no cluster is there is no error unless one was named. */
    private static List<JobHandle> all(Jobs jobs) throws IOException, InterruptedException {
        List<JobHandle> found = new ArrayList<>(jobs.local());
        try {
            found.addAll(jobs.inCluster());
        } catch (FlinkUnreachableException e) {
            if (!jobs.cluster().isGuess()) {
                throw e;
            }
        }
        return found.stream().filter(job -> !job.hasEnded()).toList();
    }

    private int once(List<JobReader> readers) throws IOException, InterruptedException {
        List<JobStatus> seen = look(readers);
        for (int i = 1; i < LOOKS; i++) {
            Thread.sleep(SETTLE.toMillis());
            seen = look(readers);
            if (seen.stream().allMatch(JobStatus::balances)) {
                break;
            }
        }
        PrintWriter out = spec.commandLine().getOut();
        if (prometheus) {
            out.print(PrometheusText.of(seen));
        } else if (json) {
            seen.forEach(job -> out.println(StatusJson.of(job)));
        } else {
            lines(seen, Screen.ofProcess()).forEach(out::println);
        }
        out.flush();
        return exitCode(seen);
    }

    private int watch(List<JobReader> readers) throws IOException, InterruptedException {
        StopSignal stop = StopSignal.ofProcess();
        Screen screen = Screen.ofProcess();
        List<JobStatus> seen;
        try (LiveBlock block = LiveBlock.on(screen)) {
            do {
                seen = look(readers);
                if (json) {
                    seen.forEach(job -> System.out.println(StatusJson.of(job)));
                } else {
                    block.show(lines(seen, screen));
                }
            } while (!stop.await(interval));
        }
        return exitCode(seen);
    }

    private static List<JobStatus> look(List<JobReader> readers)
            throws IOException, InterruptedException {
        List<JobStatus> seen = new ArrayList<>();
        for (JobReader reader : readers) {
            seen.add(reader.read());
        }
        return seen;
    }

    private static List<String> lines(List<JobStatus> jobs, Screen screen) {
        List<String> lines = new ArrayList<>();
        StatusText text = new StatusText(screen);
        for (JobStatus job : jobs) {
            if (!lines.isEmpty()) {
                lines.add("");
            }
            lines.addAll(text.of(job));
        }
        return lines;
    }

    private static int exitCode(List<JobStatus> jobs) {
        return jobs.stream().anyMatch(job -> job.state().equals("FAILED"))
                ? ExitCode.SOFTWARE
                : ExitCode.OK;
    }
}
