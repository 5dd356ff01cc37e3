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
        int tolerance = Math.max(1, wanted.length() / 3);
        return known.stream()
                .filter(name -> distance(name, wanted) <= tolerance)
                .min(Comparator.comparingInt(name -> distance(name, wanted)));
    }

    /** A hint to put behind a sentence: empty, or a question with a blank in front. */
    public static String hint(Collection<String> known, String wanted) {
        return among(known, wanted).map(name -> " Did you mean '" + name + "'?").orElse("");
    }

    /** Edits that make one of the other; a difference in case counts nothing. */
    private static int distance(String first, String second) {
        String a = first.toLowerCase(Locale.ROOT);
        String b = second.toLowerCase(Locale.ROOT);
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replace = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replace, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
