package io.millrace.functions;

import io.millrace.functions.value.FunctionException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.flink.table.functions.FunctionDefinition;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.inference.ArgumentCount;
import org.apache.flink.table.types.inference.CallContext;
import org.apache.flink.table.types.inference.ConstantArgumentCount;
import org.apache.flink.table.types.inference.InputTypeStrategy;
import org.apache.flink.table.types.inference.Signature;

/**
 * The argument lists that a function takes, one for each number of arguments. A wrong type or a
 * wrong literal is refused in the words of a person. Compared by identity, since a function makes
 * one per inference.
 */
final class CallSignatures implements InputTypeStrategy {
    private final List<List<CallArgument>> overloads;

    private CallSignatures(List<List<CallArgument>> overloads) {
        this.overloads = overloads;
    }

    static CallSignatures of(CallArgument... arguments) {
        return new CallSignatures(List.of(Arrays.asList(arguments)));
    }

    /** Adds a list with another number of arguments. */
    CallSignatures or(CallArgument... arguments) {
        List<List<CallArgument>> more = new ArrayList<>(overloads);
        more.add(Arrays.asList(arguments));
        return new CallSignatures(List.copyOf(more));
    }

    @Override
    public ArgumentCount getArgumentCount() {
        return ConstantArgumentCount.between(
                overloads.stream().mapToInt(List::size).min().orElseThrow(),
                overloads.stream().mapToInt(List::size).max().orElseThrow());
    }

    @Override
    public Optional<List<DataType>> inferInputTypes(CallContext call, boolean throwOnFailure) {
        List<DataType> given = call.getArgumentDataTypes();
        for (List<CallArgument> overload : overloads) {
            if (overload.size() == given.size()) {
                return infer(call, overload, throwOnFailure);
            }
        }
        return call.fail(
                throwOnFailure, call.getName() + ": does not take " + given.size() + " arguments.");
    }

    private static Optional<List<DataType>> infer(
            CallContext call, List<CallArgument> arguments, boolean throwOnFailure) {
        List<DataType> types = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            try {
                types.add(arguments.get(i).infer(call, i));
            } catch (FunctionException e) {
                return call.fail(throwOnFailure, call.getName() + ": " + e.getMessage());
            }
        }
        return Optional.of(types);
    }

    @Override
    public List<Signature> getExpectedSignatures(FunctionDefinition definition) {
        return overloads.stream()
                .map(
                        overload ->
                                Signature.of(
                                        overload.stream().map(CallArgument::describe).toList()))
                .toList();
    }
}
