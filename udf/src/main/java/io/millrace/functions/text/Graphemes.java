package io.millrace.functions.text;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The characters of a text as people count them: a letter with its accents, an emoji with its skin
 * and a line end of two characters are one each.
 */
public final class Graphemes {
    private static final Pattern CLUSTER = Pattern.compile("\\X");

    /** No character below combines with another one; only a line end may have two. */
    private static final char FIRST_COMBINING = 0x300;

    private final String text;
    private Matcher matcher;

    /** Looks at a text. */
    public Graphemes(String text) {
        this.text = text;
    }

    /** Counts them. */
    public static int count(String text) {
        Graphemes graphemes = new Graphemes(text);
        int count = 0;
        for (int at = 0; at < text.length(); at = graphemes.end(at)) {
            count++;
        }
        return count;
    }

    /** Where the one ends that begins at a position of the text. */
    public int end(int from) {
        int next = from + 1;
        if (next >= text.length()) {
            return text.length();
        }
        char c = text.charAt(from);
        char follower = text.charAt(next);
        if (c < FIRST_COMBINING && follower < FIRST_COMBINING) {
            return c == '\r' && follower == '\n' ? from + 2 : next;
        }
        if (isIdeograph(c) && (isIdeograph(follower) || follower < FIRST_COMBINING)) {
            return next;
        }
        if (matcher == null) {
            matcher = CLUSTER.matcher(text);
        }
        matcher.region(from, text.length());
        return matcher.lookingAt() ? matcher.end() : next;
    }

    /**
     * Whether the character at a position takes in the one behind it. What comes later is not
     * looked at, so that this takes no time in long ones.
     */
    static boolean joins(String text, int from, int end) {
        int behind = Math.min(text.length(), end + 2);
        return new Graphemes(text.substring(from, behind)).end(0) > end - from;
    }

    /** Where the n-th ends, counting from a position; the end of the text if there are fewer. */
    public int skip(int from, long count) {
        int at = from;
        for (long i = 0; i < count && at < text.length(); i++) {
            at = end(at);
        }
        return at;
    }

    private static boolean isIdeograph(char c) {
        return c >= 0x4e00 && c <= 0x9fff;
    }
}
