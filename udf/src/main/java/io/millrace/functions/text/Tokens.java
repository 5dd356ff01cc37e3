package io.millrace.functions.text;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Cuts texts at bytes. */
public final class Tokens {
    private Tokens() {}

    /**
     * Returns the parts that are not empty.
     *
     * @param text a text or bytes
     * @param separators all of whose bytes separate
     * @param lines whether the ends of lines separate as well
     */
    public static List<Object> of(Object text, Object separators, boolean lines) {
        BitSet set = new BitSet();
        Latin1.of(separators).chars().forEach(set::set);
        if (lines) {
            set.set('\r');
            set.set('\n');
        }
        // Below 128 a byte is a character also in a text that is not cut into bytes.
        boolean whole = text instanceof String && set.length() <= 0x80;
        String characters = whole ? (String) text : Latin1.of(text);
        List<Object> parts = new ArrayList<>();
        int from = 0;
        for (int at = 0; at <= characters.length(); at++) {
            if (at == characters.length() || set.get(characters.charAt(at))) {
                if (at > from) {
                    String part = characters.substring(from, at);
                    parts.add(whole ? part : Latin1.value(part));
                }
                from = at + 1;
            }
        }
        return parts;
    }
}
