package io.millrace.cli.demo;

import io.millrace.cli.flink.Measure;
import io.millrace.cli.flink.Totals;
import io.millrace.cli.job.JobRun;
import io.millrace.cli.job.Watcher;
import io.millrace.cli.terminal.RowTable;
import io.millrace.cli.terminal.Screen;
import io.millrace.cli.terminal.Status;
import io.millrace.cli.terminal.StopSignal;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The demo while messages flow, and its end. Used by one thread. */
final class DemoShow {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration OFTEN = Duration.ofMillis(200);
    private static final Duration DRAIN = Duration.ofSeconds(4);
    private static final int LINES_PER_HEAD = 20;
    private static final int LAST_ROWS = 10;

    private final JobRun run;
    private final Devices devices;
    private final TDengineRest tdengine;
    private final Screen screen;
    private final StopSignal stop;
    private final Watcher watcher;
    private Instant nextLine;

    DemoShow(JobRun run, Devices devices, TDengineRest tdengine, Screen screen, StopSignal stop) {
        this.run = run;
        this.devices = devices;
        this.tdengine = tdengine;
        this.screen = screen;
        this.stop = stop;
        this.watcher = new Watcher(run, screen);
    }

    /** Shows a line a second; returns whether the job ran all the time. */
    boolean until(Optional<Duration> limit) throws InterruptedException, IOException {
        if (!awaitSubscription()) {
            return !watcher.jobHasEnded();
        }
        devices.start();
        nextLine = Instant.now();
        Optional<Instant> end = limit.map(duration -> Instant.now().plus(duration));
        for (int line = 0; !isOver(end); line++) {
            Status status = watcher.look();
            if (line % LINES_PER_HEAD == 0) {
                screen.line(screen.strong(Status.columnHeads()));
            }
            screen.line(status.inColumns());
            if (watcher.jobHasEnded()) {
                screen.line(screen.warning("The job failed: " + run.failure()));
                return false;
            }
        }
        screen.line(screen.faint("  Ending …"));
        devices.close();
        drain();
        run.stop();
        screen.line("");
        screen.line(summary());
        return true;
    }

    /** What is published before somebody has subscribed goes to nobody. */
    private boolean awaitSubscription() throws InterruptedException {
        Totals totals = run.watch().totals();
        while (!stop.await(OFTEN)) {
            watcher.look();
            if (totals.has(Measure.CONNECTED)
                    && totals.of(Measure.CONNECTED) == totals.of(Measure.SOURCES)) {
                return !stop.await(OFTEN);
            }
            if (watcher.jobHasEnded()) {
                screen.line(screen.warning("The job failed: " + run.failure()));
                return false;
            }
        }
        return false;
    }

    private boolean isOver(Optional<Instant> end) throws InterruptedException {
        // Looking takes its time too; lines should still come by the second.
        nextLine = nextLine.plus(SECOND);
        Duration rest = Duration.between(Instant.now(), nextLine);
        return stop.await(rest.isNegative() ? Duration.ZERO : rest)
                || end.map(Instant.now()::isAfter).orElse(false);
    }

    /** Waits until all that was sent has been received; stopping the job writes the rest. */
    private void drain() throws InterruptedException {
        Instant patience = Instant.now().plus(DRAIN);
        do {
            Thread.sleep(OFTEN.toMillis());
            watcher.look();
        } while (received() < devices.sent() && Instant.now().isBefore(patience));
    }

    private long received() {
        return run.watch().totals().of(Measure.RECEIVED);
    }

    private String summary() throws IOException, InterruptedException {
        long rows = tdengine.number("SELECT COUNT(*) FROM iot_data.temp_hum");
        TDengineRest.Rows last =
                tdengine.query(
                        "SELECT * FROM iot_data.temp_hum ORDER BY ts DESC LIMIT " + LAST_ROWS);
        long dead = run.watch().totals().of(Measure.DEAD_LETTERS);
        long collisions = received() - dead - rows;
        StringBuilder text = new StringBuilder();
        text.append(screen.strong("The last rows")).append(", asked back from TDengine:\n\n");
        text.append(RowTable.of(last.columns(), last.values())).append("\n\n");
        text.append(
                String.format(
                        "%,d messages received: %,d rows, %,d dead letters, %,d collisions.\n",
                        received(), rows, dead, collisions));
        text.append(
                """
                A collision is a row with the same millisecond as another one: one plain table keeps one
                row a millisecond. A super table with a sub-table for each device keeps them all.""");
        return text.toString();
    }
}
