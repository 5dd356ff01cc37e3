package io.millrace.functions;

import java.io.Serializable;
import java.util.function.Function;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.functions.SpecializedFunction.SpecializedContext;
import org.apache.flink.table.types.inference.CallContext;
import org.apache.flink.table.types.logical.LogicalTypeFamily;

/**
 * A text argument and what it compiles to: a literal is compiled once, any other text when it
 * differs from the call before. Used by one thread at a time.
 */
final class Compiled<T> implements Serializable {
    private static final long serialVersionUID = 1L;

    /** A compiler that can travel with the job. */
    interface Compiler<T> extends Function<String, T>, Serializable {}

    private final Compiler<T> compiler;
    private final String literal;
    private transient String last;
    private transient T value;

    private Compiled(Compiler<T> compiler, String literal) {
        this.compiler = compiler;
        this.literal = literal;
    }

    /** For an argument of which nothing is known yet. */
    static <T> Compiled<T> unbound(Compiler<T> compiler) {
        return new Compiled<>(compiler, null);
    }

    /** For an argument that the call may not have: then it is the text given as default. */
    static <T> Compiled<T> bound(
            Compiler<T> compiler, SpecializedContext context, int position, String missing) {
        if (position >= context.getCallContext().getArgumentDataTypes().size()) {
            return new Compiled<>(compiler, missing);
        }
        return bound(compiler, context, position);
    }

    /** For an argument of a call, bound if it is a literal text. */
    static <T> Compiled<T> bound(Compiler<T> compiler, SpecializedContext context, int position) {
        CallContext call = context.getCallContext();
        boolean isLiteralText =
                call.isArgumentLiteral(position)
                        && !call.isArgumentNull(position)
                        && call.getArgumentDataTypes()
                                .get(position)
                                .getLogicalType()
                                .is(LogicalTypeFamily.CHARACTER_STRING);
        return new Compiled<>(
                compiler,
                isLiteralText ? call.getArgumentValue(position, String.class).orElse(null) : null);
    }

    /** Compiles the literal, so that the first row does not have to. */
    void open() {
        if (literal != null) {
            value = compiler.apply(literal);
        }
    }

    /** Returns the value of a bound argument. */
    T get() {
        return value;
    }

    /** Returns the value of the argument, whose text is looked at only if it is not bound. */
    T of(StringData text) {
        if (literal == null) {
            String current = text.toString();
            if (!current.equals(last)) {
                value = compiler.apply(current);
                last = current;
            }
        }
        return value;
    }
}
