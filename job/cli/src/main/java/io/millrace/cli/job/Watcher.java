package io.millrace.cli.job;

import io.millrace.cli.flink.JobWatch;
import io.millrace.cli.flink.JobWatch.Checkpoints;
import io.millrace.cli.flink.JobWatch.Failure;
import io.millrace.cli.flink.Measure;
import io.millrace.cli.flink.Totals;
import io.millrace.cli.terminal.Screen;
import io.millrace.cli.terminal.Status;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at a running job and tells of what changes: failures, lost connections, checkpoints that do
 * not come. Not thread-safe.
 */
public final class Watcher {
    private static final Logger LOG = LoggerFactory.getLogger(Watcher.class);
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final Duration LATE_CHECKPOINT = Duration.ofSeconds(15);
    private static final Duration FAILING_CHECKPOINTS = Duration.ofSeconds(3);

    private static final int FAILURES_TOLD = 3;
    private static final Duration BETWEEN_LATER_FAILURES = Duration.ofMinutes(1);

    private final JobRun run;
    private final Screen screen;
    private final Instant started = Instant.now();
    private final Rate rate = new Rate(started);
    private long lastWritten;
    private long lastRetries;
    private long failures;
    private Instant nextTold = started;
    private boolean brokerMet;
    private boolean brokerAway;
    private boolean sinkWaits;
    private boolean checkpointsFail;

    /** Watches a job that has been submitted. */
    public Watcher(JobRun run, Screen screen) {
        this.run = run;
        this.screen = screen;
    }

    /** Whether the job has ended by itself. */
    public boolean jobHasEnded() {
        return run.watch().state().hasEnded();
    }

    /** Looks once. Flink not answering is a state like others, not an exception. */
    public Status look() throws InterruptedException {
        JobWatch watch = run.watch();
        String note;
        try {
            watch.update();
            watch.newFailures().forEach(this::tell);
            note = note(watch);
        } catch (IOException e) {
            LOG.info("Flink does not answer", e);
            note = "no answer from Flink";
        }
        return status(watch.totals(), note);
    }

    private Status status(Totals totals, String note) {
        Instant now = Instant.now();
        long written = totals.of(Measure.WRITTEN);
        lastWritten = written;
        return new Status(
                Duration.between(started, now),
                totals.of(Measure.RECEIVED),
                written,
                totals.of(Measure.DEAD_LETTERS),
                totals.of(Measure.COLLISIONS),
                rate.after(now, written),
                totals.of(Measure.UNACKED),
                totals.of(Measure.BUFFERED),
                note);
    }

    private String note(JobWatch watch) throws IOException, InterruptedException {
        if (!watch.state().isRunning()) {
            return watch.state().status().toLowerCase(Locale.ROOT);
        }
        Checkpoints checkpoints = watch.checkpoints();
        run.discardEarlierRuns(checkpoints.completed());
        tellOfBroker(watch.totals());
        tellOfSink(watch.totals());
        Duration age = Duration.between(checkpoints.newest().orElse(started), Instant.now());
        tellOfCheckpoints(checkpoints, age);
        if (brokerAway) {
            return "no broker";
        }
        if (sinkWaits) {
            return "no TDengine";
        }
        return age.compareTo(LATE_CHECKPOINT) > 0
                ? "last checkpoint " + age.toSeconds() + " s ago"
                : "";
    }

    private void tell(Failure failure) {
        LOG.info("The job failed: {}", failure.cause());
        failures++;
        // A job that fails again and again does so for one reason, whatever its words.
        if (failures > FAILURES_TOLD && failure.at().isBefore(nextTold)) {
            return;
        }
        nextTold = failure.at().plus(BETWEEN_LATER_FAILURES);
        LocalTime at = LocalTime.ofInstant(failure.at(), ZoneId.systemDefault());
        screen.line(
                screen.warning(
                        CLOCK.format(at)
                                + "  failure "
                                + failures
                                + ", the job starts again: "
                                + failure.cause()));
    }

    private void tellOfBroker(Totals totals) {
        if (!totals.has(Measure.CONNECTED)) {
            return;
        }
        boolean away = totals.of(Measure.CONNECTED) < totals.of(Measure.SOURCES);
        if (!brokerMet) {
            // Not connected yet is no loss; a broker that does not answer fails the job.
            brokerMet = !away;
            return;
        }
        // That it is lost, and why, is a warning of the source's.
        if (brokerAway && !away) {
            now("the broker is connected again");
        }
        brokerAway = away;
    }

    private void tellOfSink(Totals totals) {
        long retries = totals.of(Measure.RETRIES);
        boolean waits =
                retries > lastRetries || sinkWaits && totals.of(Measure.WRITTEN) == lastWritten;
        lastRetries = retries;
        // That it does not, and why, is a warning of the sink's.
        if (sinkWaits && !waits) {
            now("TDengine takes rows again");
        }
        sinkWaits = waits;
    }

    private void tellOfCheckpoints(Checkpoints checkpoints, Duration age) {
        // One that fails now and then does no harm.
        if (checkpoints.failure().isPresent()
                && !checkpointsFail
                && age.compareTo(FAILING_CHECKPOINTS) > 0) {
            checkpointsFail = true;
            now(
                    "checkpoints fail: %s%s. Messages stay at the broker until one succeeds; 'millrace logs' tells more"
                            .formatted(
                                    checkpoints.failure().get().cause(),
                                    run.request()
                                            .folder()
                                            .scarceSpace()
                                            .map(space -> " (" + space + ")")
                                            .orElse("")));
        } else if (checkpoints.failure().isEmpty() && checkpointsFail) {
            checkpointsFail = false;
            now("checkpoints succeed again");
        }
    }

    private void now(String text) {
        LocalTime now = LocalTime.now().truncatedTo(ChronoUnit.SECONDS);
        screen.line(screen.warning(CLOCK.format(now) + "  " + text));
    }
}
