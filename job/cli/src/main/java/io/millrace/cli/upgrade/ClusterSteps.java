package io.millrace.cli.upgrade;

import io.millrace.cli.cluster.ClusterException;
import io.millrace.cli.cluster.JobEnd;
import io.millrace.cli.cluster.JobHandle;
import io.millrace.cli.cluster.JobJar;
import io.millrace.cli.cluster.SessionCluster;
import io.millrace.cli.cluster.ShellWord;
import io.millrace.cli.cluster.Submission;
import io.millrace.cli.fit.FitReport;
import io.millrace.cli.fit.Restore;
import io.millrace.cli.fit.StateFit;
import io.millrace.cli.fit.UnreadableStateException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The steps of an upgrade at a session cluster. Used by one thread. */
public final class ClusterSteps implements Steps {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterSteps.class);
    private static final String FINISHED = "FINISHED";

    private final UpgradeRequest request;
    private final JobHandle job;
    private final SessionCluster cluster;
    private final JobJar jar;
    private final Submission next;
    private Restore restore;
    private String running;

    /**
     * The steps.
     *
     * @param next the new version, planned
     */
    public ClusterSteps(
            UpgradeRequest request,
            JobHandle job,
            SessionCluster cluster,
            JobJar jar,
            Submission next) {
        this.request = request;
        this.job = job;
        this.cluster = cluster;
        this.jar = jar;
        this.next = next;
        this.running = job.id();
    }

    @Override
    public Optional<StateFit> look() throws IOException, InterruptedException {
        Optional<String> folder =
                request.savepoints().isPresent()
                        ? request.savepoints()
                        : new JobEnd(job, request.patience()).savepointFolder();
        try (LiveSavepoint savepoint = LiveSavepoint.of(job, folder, request.patience())) {
            // The job will end in an orderly way, or not be replaced.
            return compare(savepoint.folder(), true);
        } catch (UnreadableStateException e) {
            throw new ClusterException(UpgradeTexts.unreadable(job.name(), e.getMessage()), e);
        }
    }

    @Override
    public List<String> report(StateFit fit) {
        return FitReport.lines(fit, next.operators());
    }

    @Override
    public Optional<String> shortage() {
        return next.shortage(job.parallelism());
    }

    @Override
    public boolean knowsBefore() throws IOException {
        return request.kept().isOf(running);
    }

    @Override
    public String stop() throws IOException, InterruptedException {
        String savepoint = new JobEnd(job, request.patience()).stop(request.savepoints());
        // One that hangs at its end must not take the sessions from the new version.
        endAll();
        return savepoint;
    }

    /** Ends what of this name runs, whoever has submitted it. */
    private void endAll() throws IOException, InterruptedException {
        for (String id : cluster.alive(job.name())) {
            new Arrival(cluster, id, request.patience()).giveUp();
        }
    }

    @Override
    public Optional<StateFit> compare(String savepoint) throws IOException, InterruptedException {
        return compare(savepoint, cluster.progress(job.id()).state().equals(FINISHED));
    }

    /** Whoever says --drop-state need not know what is lost. */
    private Optional<StateFit> compare(String savepoint, boolean endedOrderly)
            throws UnreadableStateException {
        try {
            restore = Restore.of(savepoint, next.operators(), endedOrderly);
            return Optional.of(restore.fit());
        } catch (UnreadableStateException e) {
            if (!request.dropState()) {
                throw e;
            }
            LOG.info("What becomes of the state is not known", e);
            restore = Restore.unseen(savepoint, true);
            return Optional.empty();
        }
    }

    @Override
    public Start start() throws IOException, InterruptedException {
        return new Arrival(cluster, next.submit(restore.prepare()), request.patience());
    }

    @Override
    public void undo() throws IOException {
        if (restore != null) {
            restore.undo();
        }
    }

    @Override
    public Optional<Start> startBefore(String savepoint) throws IOException, InterruptedException {
        // The new version may be there although its submission failed.
        endAll();
        if (!knowsBefore()) {
            return Optional.empty();
        }
        Submission before =
                Submission.plan(request.kept().request(Optional.of(savepoint)), cluster, jar);
        running = before.submit();
        request.kept().runsAs(running);
        return Optional.of(new Arrival(cluster, running, request.patience()));
    }

    @Override
    public void keep(Start started) throws IOException {
        request.kept().keep(request.version().settings(), request.version().files(), started.job());
    }

    @Override
    public String command(String savepoint) throws IOException {
        KeptVersion kept = request.kept();
        StringBuilder command = new StringBuilder("millrace submit");
        if (!knowsBefore()) {
            command.append(" <the rule files of the version before>");
        } else {
            kept.files().forEach(file -> add(command, file.toString()));
            add(command, "--settings");
            add(command, kept.settingsFile().toString());
        }
        add(command, "--name");
        add(command, job.name());
        add(command, "--from-savepoint");
        add(command, savepoint);
        return command.toString();
    }

    private static void add(StringBuilder command, String word) {
        command.append(' ').append(ShellWord.of(word));
    }
}
