package io.millrace.cli.dlq;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** The newest letters of several stores. */
public final class Listing {
    private static final Comparator<Letter> BY_TIME = Comparator.comparing(Letter::at);

    private final LetterFilter filter;
    private final int limit;
    private final boolean replayedToo;
    private final PriorityQueue<Letter> newest = new PriorityQueue<>(BY_TIME);
    private long found;
    private long replayed;

    /**
     * @param limit how many to keep
     * @param replayedToo whether letters that were replayed are shown
     */
    public Listing(LetterFilter filter, int limit, boolean replayedToo) {
        this.filter = filter;
        this.limit = limit;
        this.replayedToo = replayedToo;
    }

    public void add(LetterStore store) throws Exception {
        store.read(filter.since(), false, this::take);
    }

    private boolean take(Letter letter) {
        if (!filter.wants(letter)) {
            return true;
        }
        if (letter.replayed()) {
            replayed++;
        }
        if (letter.replayed() && !replayedToo) {
            return true;
        }
        found++;
        newest.add(letter);
        if (newest.size() > limit) {
            newest.poll();
        }
        return true;
    }

    /** Those that are kept, by time. */
    public List<Letter> letters() {
        List<Letter> letters = new ArrayList<>(newest);
        letters.sort(BY_TIME);
        return letters;
    }

    /** What there is beside what {@link #letters} has, as a sentence. */
    public String summary() {
        String shown =
                found > newest.size()
                        ? "The newest %d of %d dead letters".formatted(newest.size(), found)
                        : found == 1 ? "1 dead letter" : found + " dead letters";
        String hidden =
                replayed == 0
                        ? ""
                        : replayedToo
                                ? "; %d of all were replayed".formatted(replayed)
                                : "; %d more were replayed (--all)".formatted(replayed);
        return (found == 0 ? "No dead letters" : shown) + hidden + ".";
    }
}
