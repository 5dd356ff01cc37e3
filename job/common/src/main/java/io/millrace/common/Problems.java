package io.millrace.common;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Gathers what is wrong with a set of options, so that a user reads all of it at once. Not
 * thread-safe.
 */
public final class Problems {
    private final List<String> found = new ArrayList<>();

    /** Adds a problem: what, the value, what is allowed, what to do. */
    public Problems add(String problem) {
        found.add(problem);
        return this;
    }

    /** Adds the problem unless the condition holds. */
    public Problems require(boolean condition, String problem) {
        return condition ? this : add(problem);
    }

    /** Whether nothing is wrong so far. */
    public boolean isEmpty() {
        return found.isEmpty();
    }

    /**
     * Ends the gathering.
     *
     * @param toException makes the caller's own exception of the message
     * @throws X if any problem was added; one line per problem
     */
    public <X extends Exception> void throwIfAny(Function<String, X> toException) throws X {
        if (!found.isEmpty()) {
            throw toException.apply(String.join(System.lineSeparator(), found));
        }
    }
}
