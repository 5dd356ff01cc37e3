package io.millrace.functions.jq;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import net.thisptr.jackson.jq.Expression;
import net.thisptr.jackson.jq.Function;
import net.thisptr.jackson.jq.PathOutput;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.Version;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import net.thisptr.jackson.jq.path.Path;

/**
 * {@code until}, {@code while}, {@code repeat} and {@code recurse}. The library's call themselves
 * for each round, and so end after few on a task's stack.
 */
record JqLoop(Kind kind) implements Function {
    /** What a round does with a value. */
    private enum Kind {
        UNTIL,
        WHILE,
        REPEAT,
        RECURSE,
        RECURSE_IF
    }

    /** A value of which the round is still to come. */
    private record Open(JsonNode value, Path path) {}

    /** The loops by their names. */
    static Map<String, Function> functions() {
        return Map.of(
                "until/2", new JqLoop(Kind.UNTIL),
                "while/2", new JqLoop(Kind.WHILE),
                "repeat/1", new JqLoop(Kind.REPEAT),
                "recurse/1", new JqLoop(Kind.RECURSE),
                "recurse/2", new JqLoop(Kind.RECURSE_IF));
    }

    @Override
    public void apply(
            Scope scope,
            List<Expression> arguments,
            JsonNode in,
            Path path,
            PathOutput output,
            Version version)
            throws JsonQueryException {
        boolean conditionFirst = kind == Kind.UNTIL || kind == Kind.WHILE;
        Expression next = arguments.get(conditionFirst ? 1 : 0);
        Deque<Open> open = new ArrayDeque<>();
        open.push(new Open(in, path));
        while (!open.isEmpty()) {
            JqBudget.current().spend(1);
            Open round = open.pop();
            boolean holds = !conditionFirst || holds(arguments.get(0), scope, round.value);
            if (holds != (kind == Kind.UNTIL)) {
                if (kind != Kind.UNTIL) {
                    output.emit(round.value, round.path);
                }
                List<Open> after = new ArrayList<>();
                next.apply(
                        scope,
                        round.value,
                        round.path,
                        (value, at) -> {
                            if (kind != Kind.RECURSE_IF || holds(arguments.get(1), scope, value)) {
                                after.add(new Open(value, at));
                            }
                        },
                        round.path != null);
                for (int i = after.size() - 1; i >= 0; i--) {
                    open.push(after.get(i));
                }
            } else if (kind == Kind.UNTIL) {
                output.emit(round.value, round.path);
            }
        }
    }

    /** Whether the last result of a condition is neither false nor null. */
    private static boolean holds(Expression condition, Scope scope, JsonNode value)
            throws JsonQueryException {
        boolean[] holds = {false};
        condition.apply(
                scope,
                value,
                result ->
                        holds[0] = !result.isNull() && (!result.isBoolean() || result.asBoolean()));
        return holds[0];
    }
}
