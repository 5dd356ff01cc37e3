package io.millrace.rule.emqx.syntax;

/** A rule in EMQX's dialect is wrong. It says where, what is wrong and what to write instead. */
public final class EmqxSyntaxException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What found the mistake. */
    public enum Kind {
        /** A character that no word of the language begins with. */
        LEX("lex_error"),
        /** Words in an order that is no rule. */
        PARSE("parse_error"),
        /** A rule that EMQX accepts and that fails when it runs. */
        CHECK("check_error");

        private final String head;

        Kind(String head) {
            this.head = head;
        }

        /** EMQX's name of the error; the last one is not EMQX's. */
        public String head() {
            return head;
        }
    }

    private final Kind kind;
    private final int offset;

    /**
     * Creates an exception.
     *
     * @param offset of the character that is wrong, from 0, in the text of the rule
     */
    public EmqxSyntaxException(Kind kind, int offset, String message) {
        super(message);
        this.kind = kind;
        this.offset = offset;
    }

    /** What found the mistake. */
    public Kind kind() {
        return kind;
    }

    /** The offset of the character that is wrong, from 0, in the text of the rule. */
    public int offset() {
        return offset;
    }
}
