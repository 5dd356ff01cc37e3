package io.millrace.functions.jq;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.function.Consumer;
import net.thisptr.jackson.jq.Expression;
import net.thisptr.jackson.jq.Function;
import net.thisptr.jackson.jq.PathOutput;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.Version;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import net.thisptr.jackson.jq.path.Path;

/** A function of jackson-jq that accounts for its results and refuses to make enormous ones. */
record GuardedFunction(String name, Function inner, JqBudget budget) implements Function {
    /** Comparisons of two values part by part that a call may need. */
    private static final int MOST_COMPARISONS = 100_000_000;

    @Override
    public void apply(
            Scope scope,
            List<Expression> arguments,
            JsonNode in,
            Path path,
            PathOutput output,
            Version version)
            throws JsonQueryException {
        inner.apply(
                scope,
                checked(arguments, in),
                in,
                path,
                (value, at) -> {
                    budget.made(value);
                    output.emit(value, at);
                },
                version);
    }

    private List<Expression> checked(List<Expression> arguments, JsonNode in) {
        switch (name) {
            case "explode/0", "fromjson/0", "split/1":
                budget.limit(length(in), JqBudget.MOST_PARTS);
                return arguments;
            case "setpath/2":
                return List.of(watched(arguments.get(0), this::checkPath), arguments.get(1));
            case "join/1":
                return List.of(
                        watched(
                                arguments.get(0),
                                separator ->
                                        budget.limit(
                                                (double) in.size() * length(separator),
                                                JqBudget.MOST_TEXT)));
            case "contains/1", "index/1", "indices/1", "rindex/1":
                return List.of(
                        watched(
                                arguments.get(0),
                                other ->
                                        budget.limit(
                                                (double) length(in) * length(other),
                                                MOST_COMPARISONS)));
            default:
                return arguments;
        }
    }

    private static int length(JsonNode value) {
        return value.isTextual() ? value.textValue().length() : value.size();
    }

    /** Setting an element fills the array up to it. */
    private void checkPath(JsonNode path) {
        for (JsonNode part : path) {
            if (part.isNumber()) {
                budget.limit(part.asDouble(), JqBudget.MOST_PARTS);
            }
        }
    }

    private static Expression watched(Expression argument, Consumer<JsonNode> check) {
        return (scope, in, path, output, requirePath) ->
                argument.apply(
                        scope,
                        in,
                        path,
                        (value, at) -> {
                            check.accept(value);
                            output.emit(value, at);
                        },
                        requirePath);
    }
}
