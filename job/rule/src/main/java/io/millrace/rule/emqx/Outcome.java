package io.millrace.rule.emqx;

/** What became of a message; an exception is the third possibility. */
public enum Outcome {
    /** At least one row. EMQX counts {@code passed}. */
    PASSED,
    /** The conditions do not hold, or there was nothing to iterate over. */
    NO_RESULT
}
