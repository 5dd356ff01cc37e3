package io.millrace.rule.emqx;

import io.millrace.functions.library.Body;
import io.millrace.functions.library.Constants;
import io.millrace.functions.library.Library;
import io.millrace.functions.library.Overload;
import io.millrace.functions.library.RuleFunction;
import io.millrace.functions.value.FunctionException;
import io.millrace.rule.emqx.syntax.Expr;
import java.util.List;
import java.util.Optional;

/** Compiles calls of functions. What EMQX finds when a rule runs fails when the code runs. */
final class Calls {
    private final Resources resources;

    Calls(Resources resources) {
        this.resources = resources;
    }

    /** Compiles a call. */
    Code compile(Expr.Call call, Code[] arguments, boolean seesMessage) {
        if (call.module().isPresent()) {
            return failing(
                    arguments,
                    new FunctionException(
                            "sql_function_provider_module_not_allowed",
                            "Functions of modules, such as %s.%s, exist only inside of EMQX."
                                    .formatted(call.module().get(), call.name())));
        }
        Optional<Accessor> accessor = Accessor.find(call.name(), arguments.length);
        if (accessor.isPresent()) {
            return accessor.get().compile(arguments, seesMessage, resources);
        }
        Optional<Overload> overload =
                Library.standard()
                        .find(call.name())
                        .flatMap(function -> function.overload(arguments.length));
        if (overload.isEmpty()) {
            return failing(arguments, unknown(call));
        }
        try {
            return call(overload.get().prepare(constants(call.arguments())), arguments);
        } catch (FunctionException e) {
            return failing(arguments, e);
        }
    }

    private static Code call(Body body, Code[] codes) {
        Object[] arguments = new Object[codes.length];
        return frame -> {
            for (int i = 0; i < codes.length; i++) {
                arguments[i] = codes[i].run(frame);
            }
            return body.call(arguments);
        };
    }

    private static Code failing(Code[] arguments, FunctionException failure) {
        return frame -> {
            for (Code argument : arguments) {
                argument.run(frame);
            }
            throw failure;
        };
    }

    /** What is known of the arguments before any message. */
    static Constants constants(List<Expr> arguments) {
        Constants constants = Constants.none(arguments.size());
        for (int i = 0; i < arguments.size(); i++) {
            Optional<Object> value = Literals.value(arguments.get(i));
            if (value.isPresent()) {
                constants = constants.with(i, value.get());
            }
        }
        return constants;
    }

    private static FunctionException unknown(Expr.Call call) {
        Optional<RuleFunction> function = Library.standard().find(call.name());
        return new FunctionException(
                "sql_function_not_supported",
                function.isPresent() || Accessor.isName(call.name())
                        ? "%s does not take %d arguments."
                                .formatted(call.name(), call.arguments().size())
                        : "There is no function %s.".formatted(call.name()));
    }
}
