package io.millrace.functions.value;

import java.util.List;
import java.util.Map;

/**
 * Values as text, as {@code str}, {@code concat}, {@code +} and templates have them. A text is a
 * {@link String}, or {@link Bytes} if it is no UTF-8.
 */
public final class TextForm {
    /** The most characters of a text that a function makes. */
    public static final int MOST_CHARACTERS = 1 << 26;

    private TextForm() {}

    /**
     * Returns the text of a value. Maps and arrays are compact JSON; an array of printable
     * characters' codes is the text of these characters, so that an empty one is empty.
     *
     * @throws FunctionException {@code badarg} if it has none: bits, a float of enormous size
     */
    public static Object of(Object value) {
        if (value instanceof String || value instanceof Bytes) {
            return value;
        }
        if (value instanceof List<?> list) {
            byte[] characters = printable(list);
            return characters == null ? Json.encode(list) : Bytes.value(characters);
        }
        return scalar(value);
    }

    private static String scalar(Object value) {
        if (value == null) {
            return "undefined";
        }
        if (value instanceof Double number) {
            return FloatText.of(number);
        }
        if (value instanceof Map) {
            return Json.encode(value);
        }
        if (value instanceof Bits) {
            throw new FunctionException(
                    "badarg",
                    "Bits that are no whole number of bytes have no text: " + value + ".");
        }
        return value.toString();
    }

    /** Returns the bytes of a list of printable Latin-1 characters' codes, or null. */
    private static byte[] printable(List<?> list) {
        byte[] characters = new byte[list.size()];
        int at = 0;
        for (Object element : list) {
            if (!(element instanceof Long code) || !isPrintable(code)) {
                return null;
            }
            characters[at++] = (byte) (long) code;
        }
        return characters;
    }

    private static boolean isPrintable(long code) {
        return code >= ' ' && code <= '~'
                || code >= 0xa0 && code <= 0xff
                || code >= 8 && code <= 13
                || code == 27;
    }

    /**
     * Joins the texts of two values.
     *
     * @throws FunctionException as {@link #of}, or {@code system_limit} if the text is too long
     */
    public static Object join(Object left, Object right) {
        Object first = of(left);
        Object second = of(right);
        if (first instanceof String a && second instanceof String b) {
            limit((long) a.length() + b.length());
            return a.concat(b);
        }
        byte[] a = Bytes.of(first);
        byte[] b = Bytes.of(second);
        limit((long) a.length + b.length);
        byte[] all = new byte[a.length + b.length];
        System.arraycopy(a, 0, all, 0, a.length);
        System.arraycopy(b, 0, all, a.length, b.length);
        return Bytes.value(all);
    }

    /**
     * Refuses the length of a text.
     *
     * @throws FunctionException {@code system_limit} if it is more than {@link #MOST_CHARACTERS}
     */
    public static void limit(long characters) {
        if (characters > MOST_CHARACTERS) {
            throw new FunctionException(
                    "system_limit",
                    "The text would have "
                            + characters
                            + " characters; allowed are "
                            + MOST_CHARACTERS
                            + ".");
        }
    }
}
