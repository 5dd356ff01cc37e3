package io.millrace.functions.jq;

import com.fasterxml.jackson.databind.JsonNode;
import net.thisptr.jackson.jq.Expression;
import net.thisptr.jackson.jq.PathOutput;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import net.thisptr.jackson.jq.path.ArrayIndexPath;
import net.thisptr.jackson.jq.path.Path;

/**
 * A part of a program that accounts for itself.
 *
 * @param makes whether its results are new values
 */
record GuardedExpression(Expression inner, boolean makes, JqBudget budget) implements Expression {
    @Override
    public void apply(Scope scope, JsonNode in, Path path, PathOutput output, boolean requirePath)
            throws JsonQueryException {
        budget.enter();
        try {
            inner.apply(
                    scope,
                    in,
                    path,
                    (value, at) -> {
                        budget.spend(1);
                        if (makes) {
                            budget.made(value);
                        }
                        if (at instanceof ArrayIndexPath index) {
                            // An assignment would fill the array up to it.
                            budget.limit(index.index.asDouble(), JqBudget.MOST_PARTS);
                        }
                        output.emit(value, at);
                    },
                    requirePath);
        } finally {
            budget.leave();
        }
    }

    @Override
    public String toString() {
        return inner.toString();
    }
}
