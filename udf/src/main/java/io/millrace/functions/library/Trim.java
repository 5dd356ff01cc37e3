package io.millrace.functions.library;

import io.millrace.functions.text.Graphemes;
import java.util.List;

/**
 * Takes white space off a text, as Erlang sees it: Unicode's pattern white space, to which no-break
 * and wide spaces do not belong.
 */
final class Trim {
    private Trim() {}

    private static boolean isSpace(int c) {
        return c == ' '
                || c >= '\t' && c <= '\r'
                || c == 0x85
                || c == 0x200e
                || c == 0x200f
                || c == 0x2028
                || c == 0x2029;
    }

    static String start(String text) {
        Graphemes graphemes = new Graphemes(text);
        int at = 0;
        while (at < text.length() && isSpace(text.charAt(at))) {
            int end = graphemes.end(at);
            if (end != at + 1 && text.charAt(at) != '\r') {
                break;
            }
            at = end;
        }
        return text.substring(at);
    }

    /** The codes of an array without those of white space at its beginning. */
    static List<?> start(List<?> codes) {
        int at = 0;
        while (at < codes.size()
                && codes.get(at) instanceof Long code
                && code <= Character.MAX_VALUE
                && isSpace((int) (long) code)) {
            at++;
        }
        return at == 0 ? codes : List.copyOf(codes.subList(at, codes.size()));
    }

    static String end(String text) {
        int end = text.length();
        while (end > 0 && isSpace(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(0, end);
    }

    /** Takes off characters that are in a set; one with an accent of its own is none of them. */
    static String end(String text, String characters) {
        int end = text.length();
        while (end > 0) {
            int character = text.codePointBefore(end);
            if (characters.indexOf(character) < 0) {
                break;
            }
            int start = end - Character.charCount(character);
            if (isPartOfAnother(text, start)) {
                break;
            }
            end = start;
        }
        return text.substring(0, end);
    }

    private static boolean isPartOfAnother(String text, int start) {
        if (start == 0) {
            return false;
        }
        int before = text.codePointBefore(start);
        int from = start - Character.charCount(before);
        return new Graphemes(text.substring(from, text.offsetByCodePoints(start, 1))).end(0)
                > start - from;
    }
}
