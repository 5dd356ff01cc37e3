package io.millrace.tdengine.sink.writer;

import io.millrace.common.deadletter.DeadLetterWriter;
import io.millrace.tdengine.sink.TDengineSinkSettings;
import java.io.IOException;
import java.time.Clock;
import java.util.Collection;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.api.connector.sink2.CommitterInitContext;

/**
 * Writes the rows of a checkpoint that is complete, in the task thread. It waits for the server as
 * long as it takes, and never fails the job for a row that the server refuses: that is a dead
 * letter. A repeated commit writes the same rows once more, each of which replaces itself.
 */
public final class BatchCommitter implements Committer<FrozenBatch> {
    private final RetryingSession session;
    private final BatchSender sender;
    private final RowDeadLetters deadLetters;
    private final SinkMetrics metrics;

    /** Makes a committer of a running job. */
    public static BatchCommitter open(TDengineSinkSettings settings, CommitterInitContext context)
            throws IOException {
        int subtask = context.getTaskInfo().getIndexOfThisSubtask();
        return new BatchCommitter(
                settings,
                Session.with(settings.connection()),
                SinkMetrics.ofCommitter(context.metricGroup(), settings.rule()),
                // Another file than the writer's, which runs beside it.
                settings.deadLetters().open("tdengine-commit-" + subtask),
                Clock.systemUTC(),
                time -> Thread.sleep(time.toMillis()));
    }

    BatchCommitter(
            TDengineSinkSettings settings,
            Session.Factory sessions,
            SinkMetrics metrics,
            DeadLetterWriter letters,
            Clock clock,
            RetryingSession.Sleeper sleeper) {
        this.metrics = metrics;
        this.deadLetters = new RowDeadLetters(settings, letters, metrics, clock);
        this.session =
                new RetryingSession(
                        sessions, settings.retry(), sleeper, settings.connection().url(), metrics);
        this.sender = new BatchSender(session, settings.batch().maxBytes() / 4);
    }

    @Override
    public void commit(Collection<CommitRequest<FrozenBatch>> requests)
            throws IOException, InterruptedException {
        for (CommitRequest<FrozenBatch> request : requests) {
            RowBatch batch = BatchFreezer.thaw(request.getCommittable());
            SendOutcome outcome = sender.send(batch);
            metrics.batchDone(outcome, batch.collisions());
            for (SendOutcome.RefusedRow row : outcome.refused()) {
                deadLetters.refused(row);
            }
            metrics.checkpointRows(batch.rows());
        }
        deadLetters.flush();
    }

    @Override
    public void close() throws IOException {
        session.close();
        deadLetters.close();
    }
}
