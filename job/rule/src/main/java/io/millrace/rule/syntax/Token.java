package io.millrace.rule.syntax;

import java.util.ArrayList;
import java.util.List;

/**
 * A piece of a statement as its author sees it.
 *
 * @param text as it is written
 * @param start its first character's offset
 */
record Token(Kind kind, String text, int start) {

    /** Sorts of pieces. */
    enum Kind {
        WORD,
        QUOTED_NAME,
        TEXT,
        NUMBER,
        SIGN
    }

    /** The offset after its last character. */
    int end() {
        return start + text.length();
    }

    boolean is(String word) {
        return (kind == Kind.WORD || kind == Kind.SIGN) && text.equalsIgnoreCase(word);
    }

    /** As it is to be shown: names that rules write in double quotes have those. */
    String shown() {
        return kind == Kind.QUOTED_NAME
                ? "\"" + text.substring(1, text.length() - 1) + "\""
                : kind == Kind.TEXT ? text : "'" + text + "'";
    }

    /** The pieces of a statement; comments and white space are none. */
    static List<Token> of(String sql) {
        List<Token> tokens = new ArrayList<>();
        int at = 0;
        while (at < sql.length()) {
            char c = sql.charAt(at);
            int end = at + 1;
            Kind kind = null;
            if (sql.startsWith("--", at)) {
                end = end(sql, at, "\n");
            } else if (sql.startsWith("/*", at) && !sql.startsWith("/*+", at)) {
                end = end(sql, at + 2, "*/");
            } else if (c == '\'' || c == '`') {
                kind = c == '`' ? Kind.QUOTED_NAME : Kind.TEXT;
                end = end(sql, at + 1, String.valueOf(c));
            } else if (Character.isJavaIdentifierPart(c)) {
                kind = Character.isDigit(c) ? Kind.NUMBER : Kind.WORD;
                while (end < sql.length() && Character.isJavaIdentifierPart(sql.charAt(end))) {
                    end++;
                }
            } else if (!Character.isWhitespace(c)) {
                kind = Kind.SIGN;
            }
            if (kind != null) {
                tokens.add(new Token(kind, sql.substring(at, end), at));
            }
            at = end;
        }
        return tokens;
    }

    private static int end(String sql, int from, String closing) {
        int end = sql.indexOf(closing, from);
        return end < 0 ? sql.length() : end + closing.length();
    }
}
