package io.millrace.cli.upgrade;

import io.millrace.cli.cluster.ClusterException;
import io.millrace.cli.fit.FitReport;
import io.millrace.cli.fit.StateFit;
import io.millrace.cli.flink.RootCause;
import io.millrace.cli.terminal.Screen;
import io.millrace.rule.RuleException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.ExitCode;

/**
 * Puts a new version of a job in the place of the one that runs. All that can be known is found out
 * while the old one runs; from its end on each step that fails leads back to it. Used by one
 * thread.
 */
public final class Upgrade {
    private static final Logger LOG = LoggerFactory.getLogger(Upgrade.class);

    private final UpgradeRequest request;
    private final Steps steps;
    private final Screen screen;
    private final String job;
    private List<String> lost = List.of();
    private Instant stopping = Instant.MIN;
    private Optional<Start> started = Optional.empty();

    /**
     * The change of this job.
     *
     * @param steps by which it is done
     */
    public Upgrade(UpgradeRequest request, ClusterSteps steps, Screen screen) {
        this(request, (Steps) steps, screen);
    }

    Upgrade(UpgradeRequest request, Steps steps, Screen screen) {
        this.request = request;
        this.steps = steps;
        this.screen = screen;
        this.job = request.version().jobName();
    }

    /** Changes it; returns the exit code. */
    public int run() throws IOException, InterruptedException {
        if (!fits()) {
            return ExitCode.SOFTWARE;
        }
        if (request.dryRun()) {
            screen.line("Nothing is changed: --dry-run.");
            return ExitCode.OK;
        }
        steps.shortage().ifPresent(this::warn);
        if (!steps.knowsBefore()) {
            warn(UpgradeTexts.NO_WAY_BACK);
        }
        return change();
    }

    private void warn(String text) {
        screen.line(screen.warning(text));
    }

    /** Looks at the state of the running job. */
    private boolean fits() throws IOException, InterruptedException {
        Optional<StateFit> found = steps.look();
        if (found.isEmpty()) {
            warn(UpgradeTexts.UNSEEN);
            return true;
        }
        StateFit fit = found.get();
        screen.line("State of the running job, for the new version:");
        steps.report(fit).forEach(screen::line);
        lost = FitReport.reasons(fit);
        if (!fit.isWhole() && !request.dropState()) {
            warn(UpgradeTexts.refused(job, fit));
            return false;
        }
        return true;
    }

    private int change() throws IOException, InterruptedException {
        stopping = Instant.now();
        String savepoint = steps.stop();
        screen.line("Stopped; savepoint " + savepoint);
        Optional<String> problem;
        try {
            problem = stillFits(savepoint);
            if (problem.isEmpty()) {
                started = Optional.of(steps.start());
                problem = started.get().await();
            }
        } catch (IOException | RuntimeException e) {
            LOG.info("The new version cannot be started", e);
            problem = Optional.of(said(e));
        }
        if (problem.isPresent()) {
            warn("The new version does not come up: " + UpgradeTexts.sentence(problem.get()));
            return back(savepoint);
        }
        keep();
        screen.line(
                "The new version runs as %s. The job was away for %s; what arrived meanwhile waited at the broker."
                        .formatted(started.get().job(), away(started.get())));
        return ExitCode.OK;
    }

    private static String said(Exception e) {
        boolean isReady = e instanceof ClusterException || e instanceof RuleException;
        return isReady ? e.getMessage() : RootCause.of(e);
    }

    /** The job worked on after it was looked at, and may have more to lose now. */
    private Optional<String> stillFits(String savepoint) throws IOException, InterruptedException {
        Optional<StateFit> fit = steps.compare(savepoint);
        List<String> losses = fit.map(FitReport::reasons).orElse(List.of());
        if (losses.isEmpty() || losses.equals(lost)) {
            return Optional.empty();
        }
        if (!request.dropState()) {
            return Optional.of(UpgradeTexts.lostMeanwhile(losses));
        }
        warn(UpgradeTexts.droppedMeanwhile(losses));
        return Optional.empty();
    }

    private void keep() {
        try {
            steps.keep(started.orElseThrow());
        } catch (IOException e) {
            LOG.info("The new version is not kept", e);
            warn(UpgradeTexts.notKept(RootCause.of(e)));
        }
    }

    private String away(Start start) {
        Duration away = Duration.between(stopping, start.since().orElseGet(Instant::now));
        return String.format(Locale.ROOT, "%.1f s", away.toMillis() / 1000.0);
    }

    /** Starts the version before, from where it ended. */
    private int back(String savepoint) throws IOException, InterruptedException {
        String problem;
        try {
            boolean acknowledged = started.isPresent() && started.get().giveUp();
            steps.undo();
            Optional<Start> before = steps.startBefore(savepoint);
            if (before.isPresent()) {
                Optional<String> again = before.get().await();
                if (again.isEmpty()) {
                    screen.line(
                            UpgradeTexts.back(
                                    job,
                                    before.get().job(),
                                    away(before.get()),
                                    started.map(Start::job),
                                    acknowledged));
                    return ExitCode.SOFTWARE;
                }
                problem = again.get();
            } else {
                problem = UpgradeTexts.NOTHING_KEPT;
            }
        } catch (IOException | RuntimeException e) {
            LOG.info("The version before cannot be started", e);
            problem = said(e);
        }
        warn(UpgradeTexts.stopped(job, problem, steps.command(savepoint)));
        return ExitCode.SOFTWARE;
    }
}
