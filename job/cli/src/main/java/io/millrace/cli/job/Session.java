package io.millrace.cli.job;

import io.millrace.cli.terminal.Screen;
import io.millrace.cli.terminal.Status;
import io.millrace.cli.terminal.StopSignal;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.ExitCode;

/** The time between a job's start and its end, as {@code run} shows it. Not thread-safe. */
public final class Session {
    private static final Duration GLANCE = Duration.ofMillis(500);

    private final JobRun run;
    private final Screen screen;
    private final StopSignal stop;
    private final Duration interval;

    /**
     * A session with a job that has been submitted.
     *
     * @param interval between two looks
     */
    public Session(JobRun run, Screen screen, StopSignal stop, Duration interval) {
        this.run = run;
        this.screen = screen;
        this.stop = stop;
        this.interval = interval;
    }

    /** Shows the job's numbers until it fails or is to be stopped; returns the exit code. */
    public int untilItEnds() throws InterruptedException {
        Watcher watcher = new Watcher(run, screen);
        while (!awaitStop()) {
            Status status = watcher.look();
            screen.status(status.inWords());
            if (watcher.jobHasEnded()) {
                screen.endStatus();
                return ended();
            }
        }
        screen.status(watcher.look().inWords());
        screen.endStatus();
        screen.line("Stopping; Ctrl-C again does not wait.");
        screen.line(
                run.stop()
                        ? "Stopped. The next run goes on from here."
                        : "Stopped, without a last checkpoint: the broker sends again what came"
                                + " after the one before.");
        return ExitCode.OK;
    }

    /** Waits for the next look, and not longer than until the job has ended. */
    private boolean awaitStop() throws InterruptedException {
        Instant end = Instant.now().plus(interval);
        for (Instant now = Instant.now(); ; now = Instant.now()) {
            Duration left = Duration.between(now, end);
            if (stop.await(left.compareTo(GLANCE) < 0 ? left : GLANCE)) {
                return true;
            }
            if (run.hasEnded() || !Instant.now().isBefore(end)) {
                return false;
            }
        }
    }

    private int ended() throws InterruptedException {
        String status = run.watch().state().status();
        if (status.equals("FAILED")) {
            screen.line(screen.warning("The job failed: " + run.failure()));
            screen.line("The log tells more: " + run.request().folder().log());
            return ExitCode.SOFTWARE;
        }
        Optional<String> savepoint = status.equals("FINISHED") ? run.savepoint() : Optional.empty();
        if (savepoint.isPresent()) {
            screen.line("Stopped from elsewhere, with savepoint " + savepoint.get() + ".");
            return ExitCode.OK;
        }
        if (status.equals("CANCELED")) {
            screen.line("Cancelled. The next run goes on from the last checkpoint.");
            return ExitCode.OK;
        }
        screen.line("The job ended: " + status.toLowerCase(Locale.ROOT) + ".");
        return ExitCode.OK;
    }
}
