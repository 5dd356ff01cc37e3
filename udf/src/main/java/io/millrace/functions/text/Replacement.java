package io.millrace.functions.text;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;

/**
 * What matches of a {@link Regex} are replaced by: a text with {@code &} for the match, {@code \1},
 * {@code \g1} or {@code \g{1}} for a group, and {@code \} before a character that is meant itself.
 * Immutable.
 */
public final class Replacement {
    /** More digits are no group's number. */
    private static final int MOST_DIGITS = 6;

    /** Texts and, as {@link Integer}, numbers of groups. */
    private final List<Object> parts = new ArrayList<>();

    private Replacement() {}

    /** Compiles one of a text or {@link io.millrace.functions.value.Bytes}. */
    public static Replacement compile(Object text) {
        Replacement replacement = new Replacement();
        replacement.parse(Latin1.of(text));
        return replacement;
    }

    private void parse(String text) {
        StringBuilder literal = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '&') {
                group(literal, 0);
                at++;
            } else if (c == '\\' && at + 1 < text.length()) {
                at = escape(text, at + 1, literal);
            } else {
                literal.append(c);
                at++;
            }
        }
        parts.add(literal.toString());
    }

    /** Reads what follows a backslash and returns where it ends. */
    private int escape(String text, int at, StringBuilder literal) {
        boolean long1 = text.startsWith("g{", at);
        boolean short1 = !long1 && text.charAt(at) == 'g';
        int from = at + (long1 ? 2 : short1 ? 1 : 0);
        int end = from;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        boolean number = end > from && (long1 || text.charAt(from) != '0');
        if (number && long1) {
            number = end < text.length() && text.charAt(end) == '}';
        }
        if (!number) {
            literal.append(text.charAt(at));
            return at + 1;
        }
        boolean real = end - from <= MOST_DIGITS;
        group(literal, real ? Integer.parseInt(text.substring(from, end)) : Integer.MAX_VALUE);
        return long1 ? end + 1 : end;
    }

    private void group(StringBuilder literal, int number) {
        parts.add(literal.toString());
        literal.setLength(0);
        parts.add(number);
    }

    /** Appends what replaces the match that a matcher has just found in a text. */
    void append(StringBuilder out, Matcher matcher, String text) {
        for (Object part : parts) {
            if (part instanceof String literal) {
                out.append(literal);
            } else {
                int group = (Integer) part;
                if (group <= matcher.groupCount() && matcher.start(group) >= 0) {
                    out.append(text, matcher.start(group), matcher.end(group));
                }
            }
        }
    }
}
