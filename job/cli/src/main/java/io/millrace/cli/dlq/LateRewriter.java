package io.millrace.cli.dlq;

import java.util.function.Supplier;

/** A rewriter that is made with the first letter, since there may be none of its kind. */
final class LateRewriter implements Rewriter {
    private final Supplier<Rewriter> maker;
    private Rewriter made;

    LateRewriter(Supplier<Rewriter> maker) {
        this.maker = maker;
    }

    @Override
    public String write(Letter letter, boolean dryRun) throws Exception {
        if (made == null) {
            made = maker.get();
        }
        return made.write(letter, dryRun);
    }

    @Override
    public void close() {
        if (made != null) {
            made.close();
        }
    }
}
