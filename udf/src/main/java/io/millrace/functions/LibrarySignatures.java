package io.millrace.functions;

import io.millrace.functions.library.Body;
import io.millrace.functions.library.Constants;
import io.millrace.functions.library.Overload;
import io.millrace.functions.library.Parameter;
import io.millrace.functions.library.RuleFunction;
import io.millrace.functions.value.FunctionException;
import java.util.ArrayList;
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
 * The argument lists that a function of the library takes. What can be seen to be wrong before the
 * first row is refused in the words of a person: the number of arguments, their types, literals. A
 * call of nothing but literals is tried.
 */
final class LibrarySignatures implements InputTypeStrategy {
    private final RuleFunction function;

    LibrarySignatures(RuleFunction function) {
        this.function = function;
    }

    @Override
    public ArgumentCount getArgumentCount() {
        int least =
                function.overloads().stream()
                        .mapToInt(o -> o.parameters().size() - (o.variadic() ? 1 : 0))
                        .min()
                        .orElseThrow();
        if (function.overloads().stream().anyMatch(Overload::variadic)) {
            return ConstantArgumentCount.from(least);
        }
        int most =
                function.overloads().stream().mapToInt(o -> o.parameters().size()).max().getAsInt();
        return ConstantArgumentCount.between(least, most);
    }

    @Override
    public Optional<List<DataType>> inferInputTypes(CallContext call, boolean throwOnFailure) {
        List<DataType> given = call.getArgumentDataTypes();
        Optional<Overload> overload = function.overload(given.size());
        if (overload.isEmpty()) {
            return call.fail(
                    throwOnFailure,
                    "%s",
                    function.name() + ": does not take " + given.size() + " arguments.");
        }
        try {
            List<DataType> types = new ArrayList<>();
            for (int i = 0; i < given.size(); i++) {
                types.add(
                        ArgumentTypes.of(
                                overload.get().parameter(i),
                                given.get(i),
                                call.isArgumentLiteral(i)));
            }
            checkLiterals(overload.get(), call);
            return Optional.of(types);
        } catch (FunctionException e) {
            String name = function.name() + ": ";
            String message = e.getMessage();
            return call.fail(
                    throwOnFailure, "%s", message.startsWith(name) ? message : name + message);
        }
    }

    private void checkLiterals(Overload overload, CallContext call) {
        List<BoundCall.Argument> arguments = BoundCall.arguments(call, overload);
        Answer.literalArgument(function, arguments.size())
                .filter(position -> !arguments.get(position).known())
                .ifPresent(
                        position -> {
                            throw new FunctionException(
                                    "bad_sql_function_argument",
                                    overload.parameter(position).name()
                                            + " must be written as a literal, since it decides the"
                                            + " type of the answer.");
                        });
        Constants constants = BoundCall.constants(arguments);
        Body body = overload.prepare(constants);
        boolean tried =
                function.deterministic()
                        && arguments.stream().allMatch(a -> a.known() && a.value() != null);
        if (tried) {
            body.call(arguments.stream().map(BoundCall.Argument::value).toArray());
        }
    }

    @Override
    public List<Signature> getExpectedSignatures(FunctionDefinition definition) {
        return function.overloads().stream()
                .map(overload -> Signature.of(describe(overload)))
                .toList();
    }

    private static List<Signature.Argument> describe(Overload overload) {
        List<Signature.Argument> arguments = new ArrayList<>();
        int last = overload.parameters().size() - 1;
        for (int i = 0; i <= last; i++) {
            Parameter parameter = overload.parameters().get(i);
            String types = ArgumentTypes.describe(parameter.kind());
            boolean repeated = overload.variadic() && i == last;
            arguments.add(
                    Signature.Argument.of(parameter.name(), repeated ? types + "..." : types));
        }
        return arguments;
    }
}
