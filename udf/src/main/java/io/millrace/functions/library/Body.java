package io.millrace.functions.library;

import io.millrace.functions.value.FunctionException;

/** What a function does. Used by one thread at a time. */
@FunctionalInterface
public interface Body {
    /**
     * Calls the function.
     *
     * @param arguments as many as the overload has parameters, each already as {@link
     *     Kind#argument} left it; not kept
     * @return a value, or null for undefined
     * @throws FunctionException if there is no answer for these arguments
     */
    Object call(Object[] arguments);
}
