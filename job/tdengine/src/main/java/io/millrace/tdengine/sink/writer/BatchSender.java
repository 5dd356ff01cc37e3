package io.millrace.tdengine.sink.writer;

import io.millrace.tdengine.client.TDengineError;
import io.millrace.tdengine.sink.row.SqlBuffer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a batch, come what may: repeats it over outages, creates sub-tables that are missing, and
 * halves it to find rows that the server refuses. Repeating is harmless, since a row that is
 * written twice replaces itself. Belongs to the sending thread.
 */
final class BatchSender {
    private static final Logger LOG = LoggerFactory.getLogger(BatchSender.class);

    /** TDengine's limit for a statement, in bytes. */
    private static final int MAX_STATEMENT = 1 << 20;

    /** So often may the server confirm fewer rows than it was sent before the job fails. */
    private static final int MAX_SHORT_ANSWERS = 3;

    private final RetryingSession session;
    private final SqlBuffer statement;

    private int written;
    private long bytes;
    private long millis;
    private List<SendOutcome.RefusedRow> refused = new ArrayList<>();

    BatchSender(RetryingSession session, int initialBytes) {
        this.session = session;
        this.statement = new SqlBuffer(initialBytes);
    }

    /**
     * Writes a batch.
     *
     * @throws IOException if it cannot be written and repeating is of no use
     * @throws InterruptedException if the thread was interrupted; then rows may be written or not
     */
    SendOutcome send(RowBatch batch) throws IOException, InterruptedException {
        written = 0;
        bytes = 0;
        refused = new ArrayList<>();
        int[] order = batch.order();
        write(batch, order, 0, order.length);
        return new SendOutcome(written, refused, bytes, millis);
    }

    private void write(RowBatch batch, int[] order, int from, int to)
            throws IOException, InterruptedException {
        int shortAnswers = 0;
        while (from < to) {
            StatementRenderer.render(batch, order, from, to, statement);
            if (statement.length() > MAX_STATEMENT && to - from > 1) {
                halve(batch, order, from, to);
                return;
            }
            try {
                int confirmed = request();
                if (confirmed >= to - from) {
                    accepted(batch, order, from, to);
                    return;
                }
                shortAnswer(confirmed, to - from, ++shortAnswers);
            } catch (RequestRefusedException e) {
                if (isFaultOfRow(e.error(), batch, order, from, to)) {
                    if (to - from > 1) {
                        halve(batch, order, from, to);
                    } else {
                        refuse(batch, order[from], e.error());
                    }
                    return;
                }
                if (!forgetTables(batch, order, from, to)) {
                    session.pause(missing(e.error(), batch, order, from));
                }
            }
        }
    }

    private int request() throws IOException, InterruptedException, RequestRefusedException {
        long began = System.nanoTime();
        int confirmed = session.call(s -> s.write(statement.bytes(), statement.length()));
        millis = (System.nanoTime() - began) / 1_000_000;
        return confirmed;
    }

    private void halve(RowBatch batch, int[] order, int from, int to)
            throws IOException, InterruptedException {
        int middle = (from + to) >>> 1;
        write(batch, order, from, middle);
        write(batch, order, middle, to);
    }

    private void accepted(RowBatch batch, int[] order, int from, int to) {
        written += to - from;
        bytes += statement.length();
        for (int i = from; i < to; i++) {
            batch.table(order[i]).setKnown(true);
        }
    }

    /** Keys are different within a batch, so the server has no reason to count fewer. */
    private void shortAnswer(int confirmed, int sent, int times)
            throws IOException, InterruptedException {
        String problem =
                "the server confirmed " + confirmed + " rows of " + sent + " in one statement";
        if (times == MAX_SHORT_ANSWERS) {
            throw new IOException(
                    "TDengine lost rows: "
                            + problem
                            + ", "
                            + times
                            + " times in a row. Check the server's log.");
        }
        session.close();
        session.pause(problem);
    }

    private static boolean isFaultOfRow(
            TDengineError error, RowBatch batch, int[] order, int from, int to) {
        if (error.kind() == TDengineError.Kind.BAD_ROW) {
            return true;
        }
        if (!error.missesTable()) {
            return false;
        }
        for (int i = from; i < to; i++) {
            if (batch.table(order[i]).isMissingByFaultOfRow()) {
                return true;
            }
        }
        return false;
    }

    private void refuse(RowBatch batch, int row, TDengineError error) {
        refused.add(new SendOutcome.RefusedRow(batch.table(row).name(), batch.plain(row), error));
    }

    /** Makes the next statement create the sub-tables; false if the last one already did. */
    private static boolean forgetTables(RowBatch batch, int[] order, int from, int to) {
        boolean forgot = false;
        for (int i = from; i < to; i++) {
            TableEntry table = batch.table(order[i]);
            if (table.isCreatedOnDemand() && table.isKnown()) {
                table.setKnown(false);
                forgot = true;
            }
        }
        if (forgot) {
            LOG.info("Some sub-tables are gone; they are created again.");
        }
        return forgot;
    }

    private static String missing(TDengineError error, RowBatch batch, int[] order, int from) {
        TableEntry table = batch.table(order[from]);
        return error
                + " (table "
                + table.qualifiedText()
                + " or a later one of the statement; columns "
                + String.join(", ", batch.columns(order[from]).names())
                + "). Something was dropped or renamed while the job runs: bring it back, or stop"
                + " the job";
    }
}
