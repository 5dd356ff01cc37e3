package io.millrace.cli.cluster;

import io.millrace.cli.cluster.SessionCluster.Progress;
import io.millrace.cli.fit.Restore;
import io.millrace.cli.terminal.Screen;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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
    private final boolean dropState;

    /**
     * A call.
     *
     * @param detached whether not to wait until the job runs
     * @param dropState whether state of the savepoint may be lost
     */
    public SubmitRun(
            SubmitRequest request, Jobs jobs, Screen screen, boolean detached, boolean dropState) {
        this.request = request;
        this.jobs = jobs;
        this.screen = screen;
        this.detached = detached;
        this.dropState = dropState;
    }

    /** What is to be done as soon as the job is there, whether it runs or not. */
    @FunctionalInterface
    public interface Submitted {
        void remember(String id) throws IOException;
    }

    /** Into a session cluster; returns the exit code. */
    public int session(Supplier<JobJar> jar, Submitted submitted)
            throws IOException, InterruptedException {
        SessionCluster cluster = SessionCluster.at(jobs);
        refuseASecond();
        Submission submission = Submission.plan(request, cluster, jar.get());
        screen.line(submission.banner(screen));
        submission.warnings().forEach(text -> screen.line(screen.warning(text)));
        Optional<Restore> restore = request.savepoint().map(place -> state(place, submission));
        String id = submit(submission, restore);
        submitted.remember(id);
        screen.line("Submitted as " + id + ".");
        submission.shortage().ifPresent(text -> screen.line(screen.warning(text)));
        return detached ? ExitCode.OK : await(cluster, submission, id);
    }

    private Restore state(String place, Submission submission) {
        GivenState.Found found = new GivenState(place, dropState).with(submission.operators());
        found.report().forEach(screen::line);
        return found.restore();
    }

    private static String submit(Submission submission, Optional<Restore> restore)
            throws IOException, InterruptedException {
        if (restore.isEmpty()) {
            return submission.submit();
        }
        try {
            return submission.submit(restore.get().prepare());
        } catch (IOException | RuntimeException e) {
            restore.get().undo();
            throw e;
        }
    }

    private void refuseASecond() throws IOException, InterruptedException {
        List<JobHandle> all = new ArrayList<>(jobs.local());
        all.addAll(jobs.inCluster());
        for (JobHandle job : all) {
            if (job.name().equals(request.jobName()) && !job.hasEnded()) {
                String name = ShellWord.of(job.name());
                throw new ClusterException(
                        "Job '%s' is there already (%s, %s). Two of one name would take the MQTT sessions from each other without end.%n%s"
                                .formatted(
                                        job.name(),
                                        job.state().toLowerCase(Locale.ROOT),
                                        job.where(),
                                        hints(
                                                "millrace upgrade " + name,
                                                "puts these rules in its place, from a savepoint",
                                                "millrace stop " + name,
                                                "stops it",
                                                "--name OTHER",
                                                "makes this another job, with MQTT sessions of its"
                                                        + " own")));
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
        String failure = watch.failure().map(cause -> ": " + cause).orElse(".");
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
                                        failure)));
        screen.line(
                "Flink goes on trying. 'millrace logs %1$s' tells more, 'millrace cancel %1$s' ends it."
                        .formatted(ShellWord.of(name)));
        return ExitCode.SOFTWARE;
    }

    private static String next(String name) {
        return hints(
                "millrace status " + ShellWord.of(name),
                "how it works",
                "millrace logs " + ShellWord.of(name),
                "what it logs",
                "millrace stop " + ShellWord.of(name),
                "stops it, with a savepoint to go on from");
    }

    /** Commands and what they do, in two columns. */
    private static String hints(String... commandsAndTexts) {
        List<String> lines = new ArrayList<>();
        int widest = 0;
        for (int i = 0; i < commandsAndTexts.length; i += 2) {
            widest = Math.max(widest, commandsAndTexts[i].length());
        }
        for (int i = 0; i < commandsAndTexts.length; i += 2) {
            String command = commandsAndTexts[i];
            lines.add(
                    "  "
                            + command
                            + " ".repeat(widest - command.length() + 3)
                            + commandsAndTexts[i + 1]);
        }
        return String.join(System.lineSeparator(), lines);
    }
}
