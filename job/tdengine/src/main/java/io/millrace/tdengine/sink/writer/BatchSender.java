package io.millrace.tdengine.sink.writer;

import io.millrace.tdengine.client.TDengineError;
import io.millrace.tdengine.sink.row.GrowingBytes;
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

    /** TDengine takes a statement of 1 MiB, less the NUL at its end. */
    private static final int MAX_STATEMENT = (1 << 20) - 16;

    /** The server takes no more rows of one table at once: it counts them in 16 bits. */
    private static final int MAX_BOUND_ROWS = Short.MAX_VALUE;

    /** An old server that cannot bind is not asked with each batch, nor is one with bad rows. */
    private static final int BATCHES_AFTER_FAILED_BINDING = 100;

    /** So often may the server confirm fewer rows than it was sent before the job fails. */
    private static final int MAX_SHORT_ANSWERS = 3;

    private final RetryingSession session;
    private final GrowingBytes statement;
    private final BindBlock block;

    private int batchesWithoutBinding;
    private int written;
    private int boundRows;
    private int requests;
    private long bytes;
    private long millis;
    private List<SendOutcome.RefusedRow> refused = new ArrayList<>();

    BatchSender(RetryingSession session, int initialBytes) {
        this.session = session;
        this.statement = new GrowingBytes(initialBytes);
        this.block = new BindBlock(initialBytes);
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
        requests = 0;
        refused = new ArrayList<>();
        boundRows = 0;
        int[] order = batch.order();
        boolean binding = mayBind();
        for (int from = 0; from < order.length; ) {
            int to = Math.min(from + MAX_BOUND_ROWS, order.length);
            binding = binding && block.fill(batch, order, from, to);
            if (binding && bind(batch, order, from, to)) {
                boundRows += to - from;
            } else {
                binding = false;
                write(batch, order, from, to);
            }
            from = to;
        }
        return new SendOutcome(written, refused, bytes, requests, boundRows, millis);
    }

    private boolean mayBind() {
        if (batchesWithoutBinding > 0) {
            batchesWithoutBinding--;
            return false;
        }
        return true;
    }

    /**
     * Writes the rows that the block holds as the parameters of a prepared statement.
     *
     * @return false if that failed; what is wrong is found out by writing them as text
     */
    private boolean bind(RowBatch batch, int[] order, int from, int to)
            throws IOException, InterruptedException {
        try {
            long began = System.nanoTime();
            int confirmed =
                    session.attempt(
                            s ->
                                    s.write(
                                            block.sql(),
                                            block.bytes().bytes(),
                                            block.bytes().length()));
            if (confirmed < to - from) {
                return false;
            }
            millis = (System.nanoTime() - began) / 1_000_000;
            accepted(batch, order, from, to, block.bytes().length());
            return true;
        } catch (RequestRefusedException e) {
            if (e.error().kind() == TDengineError.Kind.TRANSIENT && !e.error().isOfAdapter()) {
                return false;
            }
            LOG.debug("Rows are written as text, since binding them failed: {}", e.error());
            batchesWithoutBinding = BATCHES_AFTER_FAILED_BINDING;
            return false;
        }
    }

    private void write(RowBatch batch, int[] order, int from, int to)
            throws IOException, InterruptedException {
        int shortAnswers = 0;
        int next = from;
        while (next < to) {
            int end = StatementRenderer.render(batch, order, next, to, MAX_STATEMENT, statement);
            try {
                int confirmed = request();
                if (confirmed >= end - next) {
                    accepted(batch, order, next, end, statement.length());
                    next = end;
                    shortAnswers = 0;
                } else {
                    shortAnswer(confirmed, end - next, ++shortAnswers);
                }
            } catch (RequestRefusedException e) {
                if (isFaultOfRow(e.error(), batch, order, next, end)) {
                    if (end - next > 1) {
                        halve(batch, order, next, end);
                    } else {
                        refuse(batch, order[next], e.error());
                    }
                    next = end;
                } else if (!forgetTables(batch, order, next, end)) {
                    session.pause(missing(e.error(), batch, order, next));
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

    private void accepted(RowBatch batch, int[] order, int from, int to, int length) {
        written += to - from;
        bytes += length;
        requests++;
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
