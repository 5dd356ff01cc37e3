package io.millrace.tdengine.sink.writer;

import java.time.Duration;

/**
 * How many rows make a batch. A request costs the server a millisecond, and each table in it some
 * microseconds, whatever the number of rows; but a row that waits for others is late. So batches
 * are small while the server is idle for most of the time, and grow when it is not, or when they
 * hold hardly more than a row for each table. Task thread only.
 */
final class BatchSizing {
    static final int FEWEST_ROWS = 500;

    private static final double BUSY = 0.5;
    private static final double IDLE = 0.1;

    private static final int FEW_ROWS_PER_TABLE = 2;
    private static final int MANY_ROWS = 32_000;
    private static final int MANY_ROWS_PER_TABLE = 16;

    private final int maxRows;
    private int rows;

    /**
     * Begins with small batches.
     *
     * @param maxRows the largest batch
     */
    BatchSizing(int maxRows) {
        this.maxRows = maxRows;
        this.rows = Math.min(FEWEST_ROWS, maxRows);
    }

    /** A batch of so many rows is full. */
    int rows() {
        return rows;
    }

    /**
     * Whether a batch that waits for the one before has all the rows that make it cheaper. With
     * more it only takes more memory than the processor's caches have.
     */
    boolean gainsNothing(int waiting, int tables) {
        return waiting >= Math.max(maxRows, MANY_ROWS) && waiting >= MANY_ROWS_PER_TABLE * tables;
    }

    /**
     * A batch was sent.
     *
     * @param sent its rows
     * @param tables to which they went
     * @param sending how long that took
     * @param sinceLast since the batch before was sent, which is the longer
     */
    void sent(int sent, int tables, Duration sending, Duration sinceLast) {
        if (sent < rows) {
            // Others than its size have ended it, so its size is not what matters.
            return;
        }
        double busy = (double) sending.toNanos() / Math.max(1, sinceLast.toNanos());
        if (busy > BUSY || sent < FEW_ROWS_PER_TABLE * tables) {
            rows = Math.min(maxRows, rows * 2);
        } else if (busy < IDLE) {
            rows = Math.max(Math.min(FEWEST_ROWS, maxRows), rows / 2);
        }
    }
}
