package io.millrace.rule.payload;

import org.apache.flink.table.types.logical.LogicalType;

/**
 * What one place in a rule asks of a payload member. {@code type} is null where the place says
 * nothing ({@link #NONE}) or only that it wants a number ({@link #NUMBER}, such as a comparison
 * with the literal 30, which must not turn 30.5 away).
 *
 * @param type the type asked for, nullable
 * @param number whether any number will do
 */
record Hint(LogicalType type, boolean number) {
    static final Hint NONE = new Hint(null, false);
    static final Hint NUMBER = new Hint(null, true);

    static Hint of(LogicalType type) {
        return type == null ? NONE : new Hint(type.copy(true), false);
    }

    boolean isNone() {
        return type == null && !number;
    }

    /** This hint, or the other one where this says nothing. */
    Hint or(Hint other) {
        return isNone() || (type == null && other.type != null) ? other : this;
    }
}
