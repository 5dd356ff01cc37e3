package io.millrace.common.probe;

/** What a check came to. */
public enum Verdict {
    /** As it should be. */
    GOOD,
    /** It works, and something about it will not for long, or not as well as it could. */
    WARNING,
    /** It does not work. */
    BAD,
    /** It cannot be seen from here, or was not looked at. */
    UNKNOWN
}
