package io.millrace.cli.cluster;

import io.millrace.cli.cluster.SessionCluster.Progress;
import io.millrace.cli.terminal.Screen;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import picocli.CommandLine.ExitCode;

/**
 * One call of {@code millrace submit}: submits a job, waits for it and tells. Used by one thread.
 */
public final class SubmitRun {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final SubmitRequest request;
    private final Jobs jobs;
    private final Screen screen;
    private final boolean detached;

    /** A call. */
    public SubmitRun(SubmitRequest request, Jobs jobs, Screen screen, boolean detached) {
        this.request = request;
        this.jobs = jobs;
        this.screen = screen;
        this.detached = detached;
    }

    /** Into a session cluster; returns the exit code. */
    public int session(Supplier<JobJar> jar) throws IOException, InterruptedException {
        SessionCluster cluster = SessionCluster.at(jobs);
        refuseASecond();
        Submission submission = Submission.plan(request, cluster, jar.get());
        screen.line(submission.banner(screen));
        submission.warnings().forEach(text -> screen.line(screen.warning(text)));
        String id = submission.submit();
        screen.line("Submitted as " + id + ".");
        return detached ? ExitCode.OK : await(cluster, submission, id);
    }

    private void refuseASecond() throws IOException, InterruptedException {
        List<JobHandle> all = new ArrayList<>(jobs.local());
        all.addAll(jobs.inCluster());
        for (JobHandle job : all) {
            if (job.name().equals(request.jobName()) && !job.hasEnded()) {
                throw new ClusterException(
                        """
                        Job '%1$s' is there already (%2$s, %3$s). Two of one name would take the MQTT sessions from each other without end.
                          millrace upgrade %1$s …   puts the new rules in its place, from a savepoint
                          millrace stop %1$s        stops it
                          --name OTHER              makes this one another job, with MQTT sessions of its own"""
                                .formatted(
                                        job.name(),
                                        job.state().toLowerCase(Locale.ROOT),
                                        job.where()));
            }
        }
    }

    private int await(SessionCluster cluster, Submission submission, String id)
            throws IOException, InterruptedException {
        StartWatch watch = new StartWatch(cluster, id);
        Progress progress = watch.await(PATIENCE);
        String name = request.jobName();
        if (progress.runs()) {
            screen.line(
                    "It runs.  "
                            + cluster.address()
                            + "/#/job/running/"
                            + id
                            + System.lineSeparator()
                            + next(name));
            return ExitCode.OK;
        }
        String failure = watch.failure().map(cause -> ": " + cause).orElse("");
        if (progress.hasEnded()) {
            boolean failed = progress.state().equals("FAILED");
            screen.line(
                    screen.warning(
                            "It has ended, "
                                    + progress.state().toLowerCase(Locale.ROOT)
                                    + failure));
            return failed ? ExitCode.SOFTWARE : ExitCode.OK;
        }
        screen.line(
                screen.warning(
                        "It does not run yet (%s, %d of %d tasks)%s"
                                .formatted(
                                        progress.state().toLowerCase(Locale.ROOT),
                                        progress.tasksUp(),
                                        progress.tasks(),
                                        failure.isEmpty()
                                                ? "; " + submission.demand() + "."
                                                : failure)));
        screen.line(
                "Flink goes on trying. 'millrace logs %1$s' tells more, 'millrace cancel %1$s' ends it."
                        .formatted(name));
        return ExitCode.SOFTWARE;
    }

    private static String next(String name) {
        return """
                  millrace status %1$s   how it works
                  millrace logs %1$s     what it logs
                  millrace stop %1$s     stops it, with a savepoint to go on from"""
                .formatted(name);
    }
}
