package io.millrace.rule.emqx.syntax;

/**
 * Bounds the depth of the tree, because what works on it recurses: long chains of operators are as
 * deep as nested parentheses. After an expression was read, its depth is remembered until the next
 * one is read. Used by one parser.
 */
final class Depth {
    private static final int MAX = 200;

    private int nesting;
    private int last;

    /** An expression that holds others. */
    final class Group {
        private final int offset;
        private int deepest;

        private Group(int offset) {
            this.offset = offset;
        }

        /** Takes in the expression that was read last. */
        void add() {
            deepest = Math.max(deepest, last);
        }

        /** Ends the group, and takes in the expression that was read last. */
        void close() {
            add();
            nesting--;
            last = deepest + 1;
            check(last, offset);
        }
    }

    /** An expression without others was read. */
    void leaf() {
        last = 1;
    }

    /** Begins an expression that holds others. */
    Group open(int offset) {
        check(++nesting, offset);
        last = 0;
        return new Group(offset);
    }

    /** The depth of what was read last. */
    int last() {
        return last;
    }

    /** An operator joined what was read before with what was read last. */
    void join(int left, int offset) {
        last = Math.max(left, last) + 1;
        check(last, offset);
    }

    private static void check(int depth, int offset) {
        if (depth > MAX) {
            throw TokenStream.error(
                    offset,
                    ("This is nested too deeply, or has too many operators in a row; %d levels are"
                                    + " allowed. Give parts of it an alias.")
                            .formatted(MAX));
        }
    }
}
