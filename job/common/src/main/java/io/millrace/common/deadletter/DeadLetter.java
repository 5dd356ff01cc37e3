package io.millrace.common.deadletter;

import java.time.Instant;
import java.util.Map;

/**
 * A message or a row that can never succeed.
 *
 * @param at when it was given up
 * @param origin which part gave it up: {@code mqtt}, {@code tdengine} or, for a message that a rule
 *     has no row for, {@code rule}
 * @param reason a sentence for a person: what is wrong, with which member or column
 * @param details what it was, in the order to print; values are texts, numbers, booleans, {@code
 *     byte[]} (printed as Base64), lists, maps or null. Never a secret
 */
public record DeadLetter(Instant at, String origin, String reason, Map<String, Object> details) {

    /** The letter as one line of JSON, the same wherever letters go. */
    public String json() {
        return DeadLetterJson.line(this);
    }

    /**
     * Reads what {@link #json} wrote. Bytes among the details stay the Base64 text that they were
     * printed as.
     *
     * @throws IllegalArgumentException if it is no letter
     */
    public static DeadLetter parse(String json) {
        return DeadLetterJson.read(json);
    }
}
