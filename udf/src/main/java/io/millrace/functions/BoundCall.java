package io.millrace.functions;

import io.millrace.functions.convert.Readable;
import io.millrace.functions.library.Constants;
import io.millrace.functions.library.Kind;
import io.millrace.functions.library.Overload;
import io.millrace.functions.value.Integers;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.table.types.inference.CallContext;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeFamily;
import org.apache.flink.table.types.logical.LogicalTypeRoot;

/**
 * What the planner knows of one call. It travels with the job.
 *
 * @param arguments in order
 * @param result the type of the answer
 */
record BoundCall(List<Argument> arguments, LogicalType result) implements Serializable {

    /**
     * One argument.
     *
     * @param type as it is passed
     * @param known whether it is a literal
     * @param value the literal's value, null for NULL
     */
    record Argument(LogicalType type, boolean known, Serializable value) implements Serializable {}

    /** Reads the arguments of a call of an overload. */
    static List<Argument> arguments(CallContext call, Overload overload) {
        List<Argument> arguments = new ArrayList<>();
        for (int i = 0; i < call.getArgumentDataTypes().size(); i++) {
            arguments.add(argument(call, i, overload.parameter(i).kind()));
        }
        return arguments;
    }

    private static Argument argument(CallContext call, int position, Kind kind) {
        LogicalType type = call.getArgumentDataTypes().get(position).getLogicalType();
        if (!call.isArgumentLiteral(position)) {
            return new Argument(type, false, null);
        }
        if (call.isArgumentNull(position)) {
            return new Argument(type, true, null);
        }
        Serializable value = literal(call, position, type, kind).orElse(null);
        return new Argument(type, value != null, value);
    }

    private static Optional<? extends Serializable> literal(
            CallContext call, int position, LogicalType type, Kind kind) {
        if (type.is(LogicalTypeFamily.CHARACTER_STRING)) {
            return call.getArgumentValue(position, String.class);
        }
        if (type.is(LogicalTypeRoot.BOOLEAN)) {
            return call.getArgumentValue(position, Boolean.class);
        }
        if (type.is(LogicalTypeFamily.NUMERIC)) {
            return call.getArgumentValue(position, Number.class)
                    .map(number -> number(number, type, kind));
        }
        return Optional.empty();
    }

    private static Number number(Number literal, LogicalType type, Kind kind) {
        return Readable.isWhole(type) && kind != Kind.FLOAT
                ? Integers.value(new BigDecimal(literal.toString()).toBigIntegerExact())
                : (Number) literal.doubleValue();
    }

    /** What is known of the arguments. */
    static Constants constants(List<Argument> arguments) {
        Constants constants = Constants.none(arguments.size());
        for (int i = 0; i < arguments.size(); i++) {
            if (arguments.get(i).known()) {
                constants = constants.with(i, arguments.get(i).value());
            }
        }
        return constants;
    }
}
