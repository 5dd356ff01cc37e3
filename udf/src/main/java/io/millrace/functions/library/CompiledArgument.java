package io.millrace.functions.library;

import java.util.Objects;
import java.util.function.Function;

/**
 * An argument and what it compiles to: a known one is compiled once, any other when it differs from
 * the call before. Used by one thread at a time.
 */
final class CompiledArgument<T> {
    private static final Object NONE = new Object();

    private final Function<Object, T> compiler;
    private final boolean known;
    private Object last = NONE;
    private T compiled;

    private CompiledArgument(Function<Object, T> compiler, boolean known) {
        this.compiler = compiler;
        this.known = known;
    }

    /**
     * Makes one for a place in a query.
     *
     * @param compiler called with arguments as the parameter leaves them
     * @throws io.millrace.functions.value.FunctionException if the argument is known and wrong
     */
    static <T> CompiledArgument<T> of(
            Constants constants,
            int position,
            String function,
            Parameter parameter,
            Function<Object, T> compiler) {
        boolean known = constants.has(position);
        CompiledArgument<T> argument = new CompiledArgument<>(compiler, known);
        if (known) {
            argument.compiled =
                    compiler.apply(parameter.argument(constants.get(position), function));
        }
        return argument;
    }

    /** Compiles the argument of a call. */
    T of(Object argument) {
        if (!known && !Objects.equals(argument, last)) {
            compiled = compiler.apply(argument);
            last = argument;
        }
        return compiled;
    }
}
