package io.millrace.rule.emqx;

/** How much is asked of a rule when it is compiled. */
public enum Mode {
    /**
     * What can only fail, such as a call of an unknown function, is refused when the rule is
     * compiled; a comment may end the rule.
     */
    CHECKED,
    /** As EMQX does it: what parses is a rule, and fails when it runs. */
    AS_EMQX
}
