package io.millrace.functions.library;

import io.millrace.functions.value.FunctionException;
import java.util.List;

/**
 * A function with one number of arguments. Immutable; what {@link #prepare} returns is for one
 * thread.
 *
 * @param function the name
 * @param parameters in order
 * @param variadic whether the last parameter may be repeated, or left out
 * @param result what it answers
 * @param preparation makes the body of a call
 */
public record Overload(
        String function,
        List<Parameter> parameters,
        boolean variadic,
        Kind result,
        Preparation preparation) {

    /** Makes the body of one place in a query, with known arguments compiled. */
    @FunctionalInterface
    public interface Preparation {
        /**
         * Makes the body.
         *
         * @throws FunctionException if a known argument can never be right
         */
        Body prepare(Constants constants);
    }

    /** Whether it takes so many arguments. */
    public boolean takes(int count) {
        return variadic ? count >= parameters.size() - 1 : count == parameters.size();
    }

    /** The parameter that an argument belongs to. */
    public Parameter parameter(int argument) {
        return parameters.get(Math.min(argument, parameters.size() - 1));
    }

    /**
     * Prepares a call.
     *
     * @param constants what is known of the arguments
     * @return a body that checks the kinds of its arguments itself
     * @throws FunctionException if a known argument can never be right
     */
    public Body prepare(Constants constants) {
        Body body = preparation.prepare(constants);
        return arguments -> {
            for (int i = 0; i < arguments.length; i++) {
                arguments[i] = parameter(i).argument(arguments[i], function);
            }
            return body.call(arguments);
        };
    }
}
