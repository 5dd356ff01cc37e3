package io.millrace.functions.value;

/**
 * A function cannot answer for these arguments. The head is the symbolic name that EMQX gives the
 * error; the message is for a person.
 *
 * <p>It carries no stack trace: bad data may raise one per message, and the message says all.
 */
public final class FunctionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String head;

    /**
     * Creates an exception.
     *
     * @param head EMQX's name of the error, such as {@code invalid_time_unit}
     * @param message what is wrong, the value, what is allowed
     */
    public FunctionException(String head, String message) {
        super(message, null, false, false);
        this.head = head;
    }

    /** Returns EMQX's name of the error, such as {@code bad_time_offset}. */
    public String head() {
        return head;
    }
}
