package io.millrace.functions.value;

/** Numbers in texts, as Erlang reads them: no spaces, no digits left out around the point. */
public final class NumberText {
    /** Floats with more characters are not read. */
    private static final int MOST = 2048;

    private NumberText() {}

    /** Reads an integer or a float; null if the text is neither. */
    public static Number parse(String text) {
        Number integer = Integers.parse(text);
        return integer != null ? integer : parseFloat(text);
    }

    /**
     * Reads a float: digits, a point, digits, and perhaps an exponent. Null if the text is anything
     * else, also an integer, or too large for a float.
     */
    public static Double parseFloat(String text) {
        int length = text.length();
        if (length > MOST) {
            return null;
        }
        int at = digits(text, sign(text, 0));
        if (at < 0 || at >= length || text.charAt(at) != '.') {
            return null;
        }
        at = digits(text, at + 1);
        if (at >= 0 && at < length && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
            at = digits(text, sign(text, at + 1));
        }
        if (at != length) {
            return null;
        }
        double number = Double.parseDouble(text);
        return Double.isInfinite(number) ? null : number;
    }

    private static int sign(String text, int at) {
        return at < text.length() && (text.charAt(at) == '-' || text.charAt(at) == '+')
                ? at + 1
                : at;
    }

    /** Where digits end, or -1 if there are none. */
    private static int digits(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at == from ? -1 : at;
    }
}
