package io.millrace.rule.emqx.convert;

/** A part of a rule has no Flink SQL. */
final class Untranslatable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int offset;

    Untranslatable(int offset, String reason) {
        super(reason, null, false, false);
        this.offset = offset;
    }

    int offset() {
        return offset;
    }
}
