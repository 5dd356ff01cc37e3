package io.millrace.cli.dlq;

import java.time.Instant;
import java.util.Locale;

/**
 * Which letters are meant.
 *
 * @param since those at this time and later
 * @param reason a part of the reason in any case, or null for any
 * @param origin {@code mqtt}, {@code rule} or {@code tdengine}, or null for all
 */
public record LetterFilter(Instant since, String reason, String origin) {
    boolean wants(Letter letter) {
        return (reason == null
                        || letter.reason()
                                .toLowerCase(Locale.ROOT)
                                .contains(reason.toLowerCase(Locale.ROOT)))
                && (origin == null || origin.equals(letter.origin()));
    }
}
