package io.millrace.rule.emqx;

import java.util.Collection;

/** What a rule is evaluated on. Used by one thread. */
public interface EmqxMessage {

    /**
     * Returns a column other than the payload, such as {@code topic}, as a value of {@link
     * io.millrace.functions.value}; null if there is none.
     */
    Object column(String name);

    /** Returns the payload, not to be changed, or null if there is none. */
    byte[] payload();

    /** The names of all columns, which {@code *} copies, the payload included. */
    Collection<String> columns();
}
