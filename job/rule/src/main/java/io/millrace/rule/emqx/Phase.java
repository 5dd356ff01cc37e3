package io.millrace.rule.emqx;

import java.util.Locale;

/** The part of a rule that is being evaluated. */
public enum Phase {
    SELECT,
    FOREACH,
    WHERE,
    INCASE,
    DO;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
