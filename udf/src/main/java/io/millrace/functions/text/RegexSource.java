package io.millrace.functions.text;

/** A regular expression that is being read. */
final class RegexSource {
    private final String text;
    private int at;

    RegexSource(String text) {
        this.text = text;
    }

    /** Counts the groups that keep what they match. */
    static int countGroups(String text) {
        int count = 0;
        boolean inClass = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '[' && !inClass) {
                inClass = true;
                i += text.startsWith("^]", i + 1) ? 2 : text.startsWith("]", i + 1) ? 1 : 0;
            } else if (c == ']') {
                inClass = false;
            } else if (c == '(' && !inClass && keeps(text, i + 1)) {
                count++;
            }
        }
        return count;
    }

    private static boolean keeps(String text, int at) {
        if (!text.startsWith("?", at)) {
            return !text.startsWith("*", at);
        }
        return text.startsWith("?P<", at)
                || text.startsWith("?'", at)
                || text.startsWith("?<", at)
                        && !text.startsWith("?<=", at)
                        && !text.startsWith("?<!", at);
    }

    boolean atEnd() {
        return at >= text.length();
    }

    /** The character so many behind the next one, or 0 at the end. */
    char peek(int ahead) {
        return at + ahead >= text.length() ? 0 : text.charAt(at + ahead);
    }

    /** Takes the next character. */
    char next() {
        return text.charAt(at++);
    }

    /** Takes the next characters if they are these. */
    boolean accept(String expected) {
        boolean there = text.startsWith(expected, at);
        if (there) {
            at += expected.length();
        }
        return there;
    }

    /** Whether these come next. */
    boolean sees(String expected) {
        return text.startsWith(expected, at);
    }

    /** Takes what is before a character, and the character. */
    String until(char end) throws RegexTranslation.Refused {
        int found = text.indexOf(end, at);
        if (found < 0) {
            throw new RegexTranslation.Refused("a " + end + " is missing");
        }
        String before = text.substring(at, found);
        at = found + 1;
        return before;
    }

    /** Takes all up to a character and it, or all there is. */
    void skipPast(char end) {
        int found = text.indexOf(end, at);
        at = found < 0 ? text.length() : found + 1;
    }

    /** Takes what is quoted up to a backslash and E, or all there is. */
    String quoted() {
        int found = text.indexOf("\\E", at);
        String before = text.substring(at, found < 0 ? text.length() : found);
        at = found < 0 ? text.length() : found + 2;
        return before;
    }

    /** Takes digits of a base, at most so many. */
    String digits(int base, int most) {
        int from = at;
        while (!atEnd() && at - from < most && isDigit(text.charAt(at), base)) {
            at++;
        }
        return text.substring(from, at);
    }

    private static boolean isDigit(char c, int base) {
        return c < 0x80 && Character.digit(c, base) >= 0;
    }

    /**
     * Takes a quantifier behind its brace.
     *
     * @return the least and the most, -1 without bound; or null, and nothing taken, if it is none
     */
    int[] quantifier() {
        int start = at;
        String least = digits(10, 9);
        int[] bounds = {least.isEmpty() ? 0 : Integer.parseInt(least), -1};
        boolean comma = accept(",");
        String most = comma ? digits(10, 9) : least;
        if (!accept("}") || least.isEmpty() && most.isEmpty()) {
            at = start;
            return null;
        }
        bounds[1] = most.isEmpty() ? -1 : Integer.parseInt(most);
        return bounds;
    }
}
