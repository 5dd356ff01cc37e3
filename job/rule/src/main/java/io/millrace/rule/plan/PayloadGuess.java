package io.millrace.rule.plan;

import java.util.List;
import java.util.Optional;

/** What members of payloads look like, where nobody says it. */
@FunctionalInterface
public interface PayloadGuess {
    /** Sorts of values that JSON tells apart. */
    enum Sort {
        NUMBER,
        BOOLEAN,
        TEXT
    }

    /**
     * The sort of a member's values.
     *
     * @param path names from the payload on
     * @return empty if the member is not known
     */
    Optional<Sort> of(List<String> path);
}
