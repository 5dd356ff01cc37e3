package io.millrace.rule.payload;

import java.util.Set;

/**
 * What an output column of a query is made of, as far as the query's text tells.
 *
 * @param calls the functions that are called on the way, in upper case
 * @param columns the columns and payload members: {@code clientid}, {@code payload.temp}
 * @param literal the text of the literal that it is, if it is nothing else; else null
 * @param kind what the literal is; null if it is none
 */
public record Origin(Set<String> calls, Set<String> columns, String literal, Kind kind) {

    /** Sorts of literals. */
    public enum Kind {
        TEXT,
        NUMBER,
        OTHER
    }

    public Origin {
        calls = Set.copyOf(calls);
        columns = Set.copyOf(columns);
    }

    /** Whether it is the same for each message. */
    public boolean isConstant() {
        return columns.isEmpty() && calls.isEmpty();
    }
}
