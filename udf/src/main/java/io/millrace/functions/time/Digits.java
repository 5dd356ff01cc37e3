package io.millrace.functions.time;

/** Decimal numbers of fixed width. */
final class Digits {
    private Digits() {}

    /**
     * Appends a number with zeros before it up to the width. The sign of a negative number counts
     * as a digit and comes after the zeros, as EMQX has it.
     */
    static StringBuilder append(StringBuilder out, long number, int width) {
        int length = 1;
        for (long rest = number / 10; rest != 0; rest /= 10) {
            length++;
        }
        if (number < 0) {
            length++;
        }
        for (int i = length; i < width; i++) {
            out.append('0');
        }
        return out.append(number);
    }

    /** Reads ASCII digits, at most nine; -1 if there is anything else or too little text. */
    static int read(String text, int start, int length) {
        if (length == 0 || start + length > text.length()) {
            return -1;
        }
        int number = 0;
        for (int i = start; i < start + length; i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            number = number * 10 + (c - '0');
        }
        return number;
    }
}
