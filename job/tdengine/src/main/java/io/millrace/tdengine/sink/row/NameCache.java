package io.millrace.tdengine.sink.row;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * Remembers the names that texts became: devices are few and their rows are many. Of equal texts it
 * returns the same object, which makes looking for its table cheap. Not thread-safe.
 */
final class NameCache {
    /** A power of two; a text that falls into another's place takes it. */
    private static final int PLACES = 1 << 15;

    private final boolean lowerCase;
    private final byte[][] texts = new byte[PLACES][];
    private final String[] names = new String[PLACES];

    NameCache(boolean lowerCase) {
        this.lowerCase = lowerCase;
    }

    /**
     * Makes a name that TDengine takes of a text.
     *
     * @param utf8 not to be changed afterwards; may be null
     * @return null for null
     */
    String name(byte[] utf8) throws RowRejectedException {
        if (utf8 == null) {
            return null;
        }
        int hash = Arrays.hashCode(utf8) * 0x9E3779B9;
        int place = hash >>> Integer.SIZE - Integer.numberOfTrailingZeros(PLACES);
        if (!Arrays.equals(texts[place], utf8)) {
            String text = new String(utf8, StandardCharsets.UTF_8);
            names[place] = TableName.of(lowerCase ? text.toLowerCase(Locale.ROOT) : text);
            texts[place] = utf8;
        }
        return names[place];
    }
}
