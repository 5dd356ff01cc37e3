package io.millrace.functions.library;

import java.util.Arrays;

/** The arguments of one place in a query of which the value is known before the first row. */
public final class Constants {
    private static final Object UNKNOWN = new Object();

    private final Object[] values;

    private Constants(Object[] values) {
        this.values = values;
    }

    /** None of the arguments is known. */
    public static Constants none(int count) {
        Object[] values = new Object[count];
        Arrays.fill(values, UNKNOWN);
        return new Constants(values);
    }

    /** Adds a known argument, a value or null for undefined. */
    public Constants with(int position, Object value) {
        Object[] all = values.clone();
        all[position] = value;
        return new Constants(all);
    }

    /** Whether the value of an argument is known. */
    public boolean has(int position) {
        return values[position] != UNKNOWN;
    }

    /** The value of a known argument, as it was given. */
    public Object get(int position) {
        if (!has(position)) {
            throw new IllegalArgumentException("Argument " + position + " is not known.");
        }
        return values[position];
    }
}
