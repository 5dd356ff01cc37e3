package io.millrace.rule.plan;

import java.util.TreeMap;

/**
 * A text in which pieces are replaced, so that what is behind them can be looked at too. Offsets
 * are those of the text as it was. For one text.
 */
final class MaskedText {
    private record Piece(int end, String replacement) {}

    private final String original;
    private final TreeMap<Integer, Piece> pieces = new TreeMap<>();

    MaskedText(String original) {
        this.original = original;
    }

    /** Replaces a piece. */
    void replace(int start, int end, String replacement) {
        pieces.subMap(start, end).clear();
        pieces.put(start, new Piece(end, replacement));
    }

    /** Whether a piece that begins there is replaced. */
    boolean isReplaced(int start) {
        return pieces.containsKey(start);
    }

    /** The text with the replacements. */
    String text() {
        return text(0, original.length());
    }

    /** A part of it. */
    String text(int from, int to) {
        StringBuilder text = new StringBuilder();
        int at = from;
        for (var entry : pieces.subMap(from, to).entrySet()) {
            text.append(original, at, entry.getKey()).append(entry.getValue().replacement());
            at = entry.getValue().end();
        }
        return text.append(original, Math.min(at, to), to).toString();
    }

    /**
     * Where something in the masked text stands in the original.
     *
     * @param end whether it is the end of a piece, which may be that of a replaced one
     */
    int original(int masked, boolean end) {
        int shift = 0;
        for (var entry : pieces.entrySet()) {
            int start = entry.getKey() + shift;
            int length = entry.getValue().replacement().length();
            if (masked < start || masked == start && end) {
                break;
            }
            if (masked < start + length || masked == start + length && end) {
                return end ? entry.getValue().end() : entry.getKey();
            }
            shift += length - (entry.getValue().end() - entry.getKey());
        }
        return masked - shift;
    }
}
