package io.millrace.mqtt.source.reader;

/**
 * What others tell a journal's thread: that there is something to do, what checkpoints cover, and
 * when to end. Thread-safe.
 */
final class JournalSignals {
    // All guarded by this.
    private boolean news;
    private boolean closing;
    private boolean over;
    private long covered;

    /** There is something to do. */
    synchronized void wake() {
        news = true;
        notifyAll();
    }

    /** A checkpoint is complete that has the messages up to a position. */
    synchronized void cover(long position) {
        if (position > covered) {
            covered = position;
            wake();
        }
    }

    /** The journal shall be closed. */
    synchronized void close() {
        closing = true;
        wake();
    }

    /** The journal shall be closed, for its session is over. */
    synchronized void end() {
        over = true;
        close();
    }

    synchronized boolean isClosing() {
        return closing;
    }

    synchronized boolean isOver() {
        return over;
    }

    /** Up to where completed checkpoints have the messages; 0 if none was told. */
    synchronized long covered() {
        return covered;
    }

    /** Waits for something to do. */
    synchronized void await(long millis) {
        try {
            if (!news) {
                wait(millis);
            }
            news = false;
        } catch (InterruptedException e) {
            closing = true;
        }
    }
}
