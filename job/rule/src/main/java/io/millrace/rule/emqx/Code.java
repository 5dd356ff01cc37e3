package io.millrace.rule.emqx;

/** A compiled expression or condition. Used by one thread. */
@FunctionalInterface
interface Code {
    /**
     * Computes the value.
     *
     * @throws io.millrace.functions.value.FunctionException if there is none
     */
    Object run(Frame frame);
}
