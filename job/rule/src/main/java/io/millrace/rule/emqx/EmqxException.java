package io.millrace.rule.emqx;

import io.millrace.functions.value.FunctionException;

/**
 * The evaluation of a rule failed, which gives no rows; EMQX counts it as {@code failed.exception}.
 * Without a stack trace: bad data may raise one per message.
 */
public final class EmqxException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Phase phase;
    private final String head;

    EmqxException(Phase phase, FunctionException cause) {
        super(phase.name() + ": " + cause.getMessage(), cause, false, false);
        this.phase = phase;
        this.head = cause.head();
    }

    /** The part of the rule that failed. */
    public Phase phase() {
        return phase;
    }

    /** EMQX's name of the error, such as {@code badarith}. */
    public String head() {
        return head;
    }
}
