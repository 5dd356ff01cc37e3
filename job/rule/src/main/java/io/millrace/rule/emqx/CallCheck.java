package io.millrace.rule.emqx;

import io.millrace.common.DidYouMean;
import io.millrace.functions.library.Library;
import io.millrace.functions.library.Overload;
import io.millrace.functions.library.Parameter;
import io.millrace.functions.library.RuleFunction;
import io.millrace.functions.value.FunctionException;
import io.millrace.rule.emqx.syntax.EmqxSyntaxException;
import io.millrace.rule.emqx.syntax.Expr;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Refuses calls that can only fail: unknown names, wrong numbers of arguments, bad constants. */
final class CallCheck {
    private CallCheck() {}

    /**
     * Checks a call.
     *
     * @param condition whether it stands behind WHERE or INCASE
     * @throws EmqxSyntaxException if it can only fail
     */
    static Optional<Warning> check(Expr.Call call, boolean condition) {
        if (call.module().isPresent()) {
            throw RuleCheck.error(
                    call.offset(),
                    ("%s.%s is a user-provided function of EMQX. Write it in Java, CREATE FUNCTION"
                                    + " it, and write the rule in Flink SQL.")
                            .formatted(call.module().get(), call.name()));
        }
        int count = call.arguments().size();
        if (Accessor.isName(call.name())) {
            return accessor(call, condition);
        }
        RuleFunction function =
                Library.standard().find(call.name()).orElseThrow(() -> unknown(call));
        Overload overload = function.overload(count).orElseThrow(() -> count(call, function));
        constants(call, overload);
        return Optional.empty();
    }

    private static Optional<Warning> accessor(Expr.Call call, boolean condition) {
        if (Accessor.find(call.name(), call.arguments().size()).isEmpty()) {
            throw RuleCheck.error(
                    call.offset(),
                    "%s does not take %d arguments."
                            .formatted(call.name(), call.arguments().size()));
        }
        if (!condition) {
            return Optional.empty();
        }
        return Optional.of(
                new Warning(
                        call.offset(),
                        "%s() is always undefined behind WHERE and INCASE. Use the column%s there."
                                .formatted(
                                        call.name(),
                                        Accessor.column(call.name())
                                                .map(column -> " '" + column + "'")
                                                .orElse(""))));
    }

    private static void constants(Expr.Call call, Overload overload) {
        List<Expr> arguments = call.arguments();
        try {
            for (int i = 0; i < arguments.size(); i++) {
                Optional<Object> value = Literals.value(arguments.get(i));
                if (value.isPresent()) {
                    List<Parameter> parameters = overload.parameters();
                    Parameter parameter = parameters.get(Math.min(i, parameters.size() - 1));
                    parameter.kind().argument(value.get(), call.name(), parameter.name());
                }
            }
            overload.prepare(Calls.constants(arguments));
        } catch (FunctionException e) {
            throw RuleCheck.error(call.offset(), e.getMessage());
        }
    }

    private static EmqxSyntaxException unknown(Expr.Call call) {
        String lower = call.name().toLowerCase(Locale.ROOT);
        if (!lower.equals(call.name())
                && (Library.standard().find(lower).isPresent() || Accessor.isName(lower))) {
            return RuleCheck.error(
                    call.offset(),
                    "Function names are in lower case: write %s(...).".formatted(lower));
        }
        Set<String> known = new TreeSet<>(Accessor.names());
        Library.standard().functions().forEach(function -> known.add(function.name()));
        return RuleCheck.error(
                call.offset(),
                "There is no function '%s'.%s"
                        .formatted(call.name(), DidYouMean.hint(known, call.name())));
    }

    private static EmqxSyntaxException count(Expr.Call call, RuleFunction function) {
        String allowed =
                function.overloads().stream()
                        .map(
                                overload ->
                                        overload.parameters().stream()
                                                .map(Parameter::name)
                                                .collect(
                                                        Collectors.joining(
                                                                ", ",
                                                                call.name() + "(",
                                                                overload.variadic()
                                                                        ? "...)"
                                                                        : ")")))
                        .collect(Collectors.joining(" or "));
        return RuleCheck.error(
                call.offset(),
                "%s does not take %d arguments. Write %s."
                        .formatted(call.name(), call.arguments().size(), allowed));
    }
}
