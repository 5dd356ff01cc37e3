package io.millrace.cli.dlq;

import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Writes letters again and marks those that were written. Between the two it may be killed; then
 * that one letter is written once more the next time.
 */
public final class Replay {
    private final LetterFilter filter;
    private final long limit;
    private final boolean dryRun;
    private final Map<String, Rewriter> rewriters;
    private final BiConsumer<Letter, String> written;
    private final BiConsumer<Letter, String> failed;
    private long writtenCount;
    private long failedCount;
    private long doneBefore;

    /**
     * @param rewriters by the letters' origin
     * @param written is told each letter and where it went
     * @param failed is told each letter and why it stays
     */
    public Replay(
            LetterFilter filter,
            long limit,
            boolean dryRun,
            Map<String, Rewriter> rewriters,
            BiConsumer<Letter, String> written,
            BiConsumer<Letter, String> failed) {
        this.filter = filter;
        this.limit = limit;
        this.dryRun = dryRun;
        this.rewriters = rewriters;
        this.written = written;
        this.failed = failed;
    }

    /**
     * Replays what a store has.
     *
     * @throws Exception if no more can be written; the summary is good up to there
     */
    public void run(LetterStore store) throws Exception {
        if (writtenCount + failedCount < limit) {
            store.read(filter.since(), !dryRun, this::take);
        }
    }

    private boolean take(Letter letter) throws Exception {
        if (!filter.wants(letter)) {
            return true;
        }
        if (letter.replayed()) {
            doneBefore++;
            return true;
        }
        try {
            String where = rewriter(letter).write(letter, dryRun);
            if (!dryRun) {
                letter.store().markReplayed(letter);
            }
            writtenCount++;
            written.accept(letter, where);
        } catch (Rewriter.LetterFailedException e) {
            failedCount++;
            failed.accept(letter, e.getMessage());
        }
        return writtenCount + failedCount < limit;
    }

    private Rewriter rewriter(Letter letter) throws Rewriter.LetterFailedException {
        Rewriter rewriter = rewriters.get(letter.origin());
        if (rewriter == null) {
            throw new Rewriter.LetterFailedException(
                    "Letters of '" + letter.origin() + "' cannot be replayed.", null);
        }
        return rewriter;
    }

    /** Whether letters stay that were tried. */
    public boolean hasFailures() {
        return failedCount > 0;
    }

    public String summary() {
        return (dryRun ? "%d would be replayed, %d would fail" : "%d replayed, %d failed and stay")
                        .formatted(writtenCount, failedCount)
                + (doneBefore == 0 ? "" : "; %d were replayed before".formatted(doneBefore))
                + ".";
    }
}
