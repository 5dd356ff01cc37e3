package io.millrace.cli.upgrade;

import io.millrace.cli.cluster.ClusterException;
import io.millrace.cli.cluster.JobEnd;
import io.millrace.cli.cluster.JobHandle;
import io.millrace.cli.cluster.JobJar;
import io.millrace.cli.cluster.SessionCluster;
import io.millrace.cli.cluster.Submission;
import io.millrace.cli.fit.FitReport;
import io.millrace.cli.fit.Restore;
import io.millrace.cli.fit.StateFit;
import io.millrace.cli.flink.RootCause;
import io.millrace.cli.terminal.Screen;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
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
    private final JobHandle job;
    private final SessionCluster cluster;
    private final JobJar jar;
    private final Screen screen;

    /** The change of this job. */
    public Upgrade(
            UpgradeRequest request,
            JobHandle job,
            SessionCluster cluster,
            JobJar jar,
            Screen screen) {
        this.request = request;
        this.job = job;
        this.cluster = cluster;
        this.jar = jar;
        this.screen = screen;
    }

    /**
     * Changes it; returns the exit code.
     *
     * @throws io.millrace.rule.RuleException if a rule of the new version is wrong; nothing has
     *     changed then
     */
    public int run() throws IOException, InterruptedException {
        Submission next = Submission.plan(request.version(), cluster, jar);
        screen.line(next.banner(screen));
        next.warnings().forEach(text -> screen.line(screen.warning(text)));
        if (!fits(next)) {
            return ExitCode.SOFTWARE;
        }
        if (request.dryRun()) {
            screen.line("Nothing is changed: --dry-run.");
            return ExitCode.OK;
        }
        return change(next);
    }

    /** Looks at a savepoint of the running job. */
    private boolean fits(Submission next) throws IOException, InterruptedException {
        Optional<StateFit> found;
        Optional<String> folder =
                request.savepoints().isPresent()
                        ? request.savepoints()
                        : new JobEnd(job, request.patience()).savepointFolder();
        try (LiveSavepoint savepoint = LiveSavepoint.of(job, folder, request.patience())) {
            found = fit(savepoint.folder(), next);
        }
        if (found.isEmpty()) {
            screen.line(screen.warning("What becomes of the state is not known: --drop-state."));
            return true;
        }
        StateFit fit = found.get();
        screen.line("State of the running job, for the new version:");
        FitReport.lines(fit, next.operators()).forEach(screen::line);
        if (!fit.isWhole() && !request.dropState()) {
            screen.line(screen.warning(UpgradeTexts.refused(job.name(), fit)));
            return false;
        }
        return true;
    }

    private Optional<StateFit> fit(String savepoint, Submission next) {
        try {
            return Optional.of(Restore.of(savepoint, next.operators(), true).fit());
        } catch (IOException e) {
            if (request.dropState()) {
                LOG.info("The savepoint cannot be looked at", e);
                return Optional.empty();
            }
            throw new ClusterException(UpgradeTexts.unreadable(job.name(), RootCause.of(e)), e);
        }
    }

    private int change(Submission next) throws IOException, InterruptedException {
        Instant stopping = Instant.now();
        String savepoint = new JobEnd(job, request.patience()).stop(request.savepoints());
        screen.line("Stopped; savepoint " + savepoint);
        Restore restore = Restore.of(savepoint, next.operators(), true);
        Optional<String> problem;
        Optional<Arrival> arrival = Optional.empty();
        try {
            arrival = Optional.of(new Arrival(cluster, next.submit(restore.prepare())));
            problem = arrival.get().await(request.patience());
        } catch (IOException | RuntimeException e) {
            LOG.warn("The new version cannot be started", e);
            problem = Optional.of(RootCause.of(e));
        }
        if (problem.isPresent()) {
            screen.line(screen.warning("The new version does not come up: " + problem.get()));
            return back(arrival, savepoint, restore, stopping);
        }
        request.kept().keep(request.version().settings(), request.version().files());
        screen.line(
                "The new version runs as %s. The job was away for %s; what arrived meanwhile waited at the broker."
                        .formatted(arrival.get().job(), away(stopping, arrival.get())));
        return ExitCode.OK;
    }

    private static String away(Instant stopping, Arrival arrival) {
        Duration away = Duration.between(stopping, arrival.since().orElseGet(Instant::now));
        return String.format(Locale.ROOT, "%.1f s", away.toMillis() / 1000.0);
    }

    /** Starts the version before, from where it ended. */
    private int back(Optional<Arrival> failed, String savepoint, Restore restore, Instant stopping)
            throws IOException, InterruptedException {
        if (failed.isPresent()) {
            failed.get().giveUp(request.patience());
        }
        restore.undo();
        Optional<String> problem = Optional.of(UpgradeTexts.NOTHING_KEPT);
        if (request.kept().settings().isPresent()) {
            try {
                Arrival old = new Arrival(cluster, before(savepoint).submit());
                problem = old.await(request.patience());
                if (problem.isEmpty()) {
                    screen.line(
                            "The version before runs again, as %s, from the same savepoint. It was away for %s; no message is lost."
                                    .formatted(old.job(), away(stopping, old)));
                    return ExitCode.SOFTWARE;
                }
            } catch (IOException | RuntimeException e) {
                LOG.warn("The version before cannot be started", e);
                problem = Optional.of(RootCause.of(e));
            }
        }
        screen.line(
                screen.warning(
                        UpgradeTexts.stopped(
                                job.name(), problem.get(), request.kept(), savepoint)));
        return ExitCode.SOFTWARE;
    }

    private Submission before(String savepoint) throws IOException, InterruptedException {
        return Submission.plan(request.kept().request(Optional.of(savepoint)), cluster, jar);
    }
}
