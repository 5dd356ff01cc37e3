package io.millrace.common;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that a user may have meant. Stateless. */
public final class DidYouMean {
    private DidYouMean() {}

    /** The known name that is most like the wanted one, if any is like it. */
    public static Optional<String> among(Collection<String> known, String wanted) {
        return among(known, wanted, wanted.length() < 3 ? 0 : Math.max(1, wanted.length() / 3));
    }

    /** The known name that is most like the wanted one, if so few edits make one of the other. */
    public static Optional<String> among(Collection<String> known, String wanted, int tolerance) {
        return known.stream()
                .filter(name -> distance(name, wanted) <= tolerance)
                .min(Comparator.comparingInt(name -> distance(name, wanted)));
    }

    /** A hint to put behind a sentence: empty, or a question with a blank in front. */
    public static String hint(Collection<String> known, String wanted) {
        return among(known, wanted).map(name -> " Did you mean '" + name + "'?").orElse("");
    }

    /**
     * Edits that make one of the other: letters that are changed, missing, too many, or two that
     * changed places. A difference in case counts nothing.
     */
    private static int distance(String first, String second) {
        String a = first.toLowerCase(Locale.ROOT);
        String b = second.toLowerCase(Locale.ROOT);
        int[][] edits = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    edits[i][j] = i + j;
                    continue;
                }
                boolean same = a.charAt(i - 1) == b.charAt(j - 1);
                int least = edits[i - 1][j - 1] + (same ? 0 : 1);
                least = Math.min(least, Math.min(edits[i - 1][j], edits[i][j - 1]) + 1);
                boolean swapped =
                        i > 1
                                && j > 1
                                && a.charAt(i - 1) == b.charAt(j - 2)
                                && a.charAt(i - 2) == b.charAt(j - 1);
                edits[i][j] = swapped ? Math.min(least, edits[i - 2][j - 2] + 1) : least;
            }
        }
        return edits[a.length()][b.length()];
    }
}
