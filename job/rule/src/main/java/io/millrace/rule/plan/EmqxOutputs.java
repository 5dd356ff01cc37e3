package io.millrace.rule.plan;

import io.millrace.rule.emqx.EmqxRule;
import io.millrace.rule.emqx.syntax.Expr;
import io.millrace.rule.emqx.syntax.Field;
import io.millrace.rule.emqx.syntax.RuleStatement;
import io.millrace.rule.payload.Origin;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a rule of the EMQX dialect gives out, as far as its text tells. */
final class EmqxOutputs {
    /** The position of the unit among the arguments; a call that leaves it out means seconds. */
    private static final Map<String, Integer> UNIT_ARGUMENT =
            Map.of("now_timestamp", 0, "rfc3339_to_unix_ts", 1, "date_to_unix_ts", 0);

    /** Columns that count milliseconds, whatever the rule's header says. */
    private static final List<String> MILLISECONDS = List.of("timestamp", "publish_received_at");

    /** What Flink's rules call the column that these are. */
    private static final String ARRIVAL = "received_at";

    /** An alias of an alias of …; more is nobody's rule. */
    private static final int MOST_ALIASES = 16;

    private final RuleStatement statement;
    private final Optional<Set<String>> names;
    private final Map<String, Field.Item> items = new LinkedHashMap<>();

    EmqxOutputs(EmqxRule rule) {
        this.statement = rule.statement();
        this.names = rule.outputs();
        statement.fields().forEach(this::add);
        statement.output().ifPresent(fields -> fields.forEach(this::add));
    }

    private void add(Field field) {
        if (field instanceof Field.Item item) {
            item.alias()
                    .or(() -> path(item.value()))
                    .filter(Expr.Path::isName)
                    .ifPresent(name -> items.put(name.root(), item));
        }
    }

    private static Optional<Expr.Path> path(Expr value) {
        return value instanceof Expr.Path path ? Optional.of(path) : Optional.empty();
    }

    /** The names of the outputs; empty if {@code *} makes them depend on the message. */
    Optional<Set<String>> names() {
        return names;
    }

    /** Whether there may be an output of this name. */
    boolean mayGive(String name) {
        return names.isEmpty() || names.get().contains(name);
    }

    /** The outputs that neither a column takes nor a later part of the rule reads. */
    List<String> unused(List<String> columns) {
        return names.orElse(Set.of()).stream()
                .filter(name -> !columns.contains(name) && !isRead(name))
                .toList();
    }

    private boolean isRead(String name) {
        Field.Item item = items.get(name);
        List<Expr.Path> own = item == null ? List.of() : RulePaths.of(item.value());
        return RulePaths.of(statement).stream()
                .anyMatch(
                        path -> path.root().equals(name) && own.stream().noneMatch(o -> o == path));
    }

    /** The unit of an output that is a number and becomes a time, if the rule says it. */
    Optional<String> timeUnit(String name) {
        return Optional.ofNullable(items.get(name)).flatMap(item -> unit(item.value(), 0));
    }

    private Optional<String> unit(Expr value, int aliases) {
        if (value instanceof Expr.Call call && UNIT_ARGUMENT.containsKey(call.name())) {
            return unit(call);
        }
        if (!(value instanceof Expr.Path path) || !path.isName()) {
            return Optional.empty();
        }
        Field.Item behind = items.get(path.root());
        if (behind != null && behind.value() != value && aliases < MOST_ALIASES) {
            return unit(behind.value(), aliases + 1);
        }
        return MILLISECONDS.contains(path.root()) ? Optional.of("millisecond") : Optional.empty();
    }

    /** Where the value of an output stands in the rule; its begin if that cannot be said. */
    int offset(String name) {
        Field.Item item = items.get(name);
        return item == null ? 0 : item.offset();
    }

    /**
     * What an output is made of, if that can be said; functions and columns as Flink calls them.
     */
    Optional<Origin> origin(String name) {
        return Optional.ofNullable(items.get(name)).map(item -> origin(item.value(), 0));
    }

    private Origin origin(Expr value, int aliases) {
        if (value instanceof Expr.Constant constant) {
            return new Origin(
                    Set.of(),
                    Set.of(),
                    String.valueOf(constant.value()),
                    constant.value() instanceof String
                            ? Origin.Kind.TEXT
                            : constant.value() instanceof Number
                                    ? Origin.Kind.NUMBER
                                    : Origin.Kind.OTHER);
        }
        if (value instanceof Expr.Path path && path.isName()) {
            Field.Item behind = items.get(path.root());
            if (behind != null && behind.value() != value && aliases < MOST_ALIASES) {
                return origin(behind.value(), aliases + 1);
            }
        }
        Set<String> columns = new HashSet<>();
        for (Expr.Path path : RulePaths.of(value)) {
            columns.add(MILLISECONDS.contains(path.root()) ? ARRIVAL : path.root());
        }
        Set<String> calls =
                value instanceof Expr.Call call
                        ? Set.of(call.name().toUpperCase(Locale.ROOT))
                        : Set.of();
        return new Origin(calls, columns, null, null);
    }

    private static Optional<String> unit(Expr.Call call) {
        int position = UNIT_ARGUMENT.get(call.name());
        if (call.arguments().size() <= position) {
            return Optional.of("second");
        }
        return call.arguments().get(position) instanceof Expr.Constant constant
                        && constant.value() instanceof String unit
                ? Optional.of(unit)
                : Optional.empty();
    }
}
