package io.millrace.rule.emqx;

/** Takes rows by position. */
@FunctionalInterface
public interface RowConsumer {
    /**
     * Takes a row.
     *
     * @param values in the order of the wanted outputs, null for undefined; used again for the next
     *     row
     */
    void row(Object[] values);
}
