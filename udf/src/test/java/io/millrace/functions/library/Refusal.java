package io.millrace.functions.library;

import static org.assertj.core.api.Assertions.catchThrowable;

import io.millrace.functions.value.FunctionException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Runs what is refused. */
final class Refusal {
    private Refusal() {}

    /** Returns the head of the refusal. */
    static String refusal(ThrowingCallable call) {
        Throwable thrown = catchThrowable(call);
        if (thrown instanceof FunctionException refused) {
            return refused.head();
        }
        throw new AssertionError("Not refused as functions refuse.", thrown);
    }
}
