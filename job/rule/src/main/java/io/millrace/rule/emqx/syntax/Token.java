package io.millrace.rule.emqx.syntax;

/**
 * A word of a rule.
 *
 * @param text as it is meant: of quoted ones what is between the quotes, keywords in upper case
 * @param start offset of the first character
 * @param end offset after the last character
 */
record Token(Kind kind, String text, int start, int end) {

    /** Kinds of words. */
    enum Kind {
        NAME,
        QUOTED_NAME,
        TEXT,
        INTEGER,
        FLOAT,
        BOOLEAN,
        KEYWORD,
        /** {@code div} or {@code mod}. */
        WORD_OPERATOR,
        SYMBOL,
        END
    }

    /** Whether it is this symbol, word operator or keyword. */
    boolean is(String word) {
        return switch (kind) {
            case KEYWORD, SYMBOL, WORD_OPERATOR -> text.equals(word);
            default -> false;
        };
    }

    /** The word as messages show it. */
    String shown() {
        return switch (kind) {
            case END -> "the end of the rule";
            case TEXT -> "the text '" + shortened() + "'";
            case QUOTED_NAME -> "the name \"" + shortened() + "\"";
            default -> "'" + shortened() + "'";
        };
    }

    private String shortened() {
        return text.length() <= 40 ? text : text.substring(0, 37) + "...";
    }
}
