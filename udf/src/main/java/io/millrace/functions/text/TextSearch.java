package io.millrace.functions.text;

import io.millrace.functions.value.TextForm;
import java.util.ArrayList;
import java.util.List;

/**
 * Searches texts in texts. A hit that ends inside of what {@link Graphemes} counts as one is none:
 * there is no {@code e} in an {@code é} that is written with an accent of its own.
 */
public final class TextSearch {
    private TextSearch() {}

    /** Where a text first is in another at or behind a position, or -1. */
    public static int first(String text, String what, int from) {
        int at = text.indexOf(what, from);
        while (at >= 0 && !isWhole(text, what, at)) {
            at = text.indexOf(what, at + 1);
        }
        return at;
    }

    /** Where a text last is in another, or -1. */
    public static int last(String text, String what) {
        int at = text.lastIndexOf(what);
        while (at >= 0 && !isWhole(text, what, at)) {
            at = at == 0 ? -1 : text.lastIndexOf(what, at - 1);
        }
        return at;
    }

    private static boolean isWhole(String text, String what, int at) {
        int end = at + what.length();
        if (end >= text.length() || what.isEmpty()) {
            return true;
        }
        char lastOne = text.charAt(end - 1);
        char behind = text.charAt(end);
        if (lastOne < 0x300 && behind < 0x300) {
            return lastOne != '\r' || behind != '\n';
        }
        return !Graphemes.joins(text, text.offsetByCodePoints(end, -1), end);
    }

    /** Cuts a text wherever another is; an empty one is nowhere. */
    public static List<String> split(String text, String separator) {
        List<String> parts = new ArrayList<>();
        int from = 0;
        if (!separator.isEmpty()) {
            for (int at = first(text, separator, 0); at >= 0; at = first(text, separator, from)) {
                parts.add(text.substring(from, at));
                from = at + separator.length();
            }
        }
        parts.add(text.substring(from));
        return parts;
    }

    /** Cuts a text at one place where another is, the first or the last. */
    public static List<String> splitOnce(String text, String separator, boolean atFirst) {
        int at = once(text, separator, atFirst);
        List<String> parts = new ArrayList<>(2);
        if (at < 0) {
            parts.add(text);
        } else {
            parts.add(text.substring(0, at));
            parts.add(text.substring(at + separator.length()));
        }
        return parts;
    }

    /** Replaces a text wherever it is; an empty one is nowhere. */
    public static String replace(String text, String what, String by) {
        int at = what.isEmpty() ? -1 : first(text, what, 0);
        if (at < 0) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        int from = 0;
        while (at >= 0) {
            out.append(text, from, at).append(by);
            TextForm.limit(out.length());
            from = at + what.length();
            at = first(text, what, from);
        }
        return out.append(text, from, text.length()).toString();
    }

    /** Replaces a text where it is first or last. */
    public static String replaceOnce(String text, String what, String by, boolean atFirst) {
        int at = once(text, what, atFirst);
        return at < 0 ? text : text.substring(0, at) + by + text.substring(at + what.length());
    }

    private static int once(String text, String what, boolean atFirst) {
        if (what.isEmpty()) {
            return -1;
        }
        return atFirst ? first(text, what, 0) : last(text, what);
    }
}
