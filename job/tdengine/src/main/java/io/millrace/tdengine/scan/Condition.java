package io.millrace.tdengine.scan;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A condition in TDengine's words, or the certainty that it always or never holds.
 *
 * @param sql null if it is certain
 * @param certain what is certain if {@code sql} is null
 */
public record Condition(String sql, boolean certain) {
    public static final Condition ALWAYS = new Condition(null, true);
    public static final Condition NEVER = new Condition(null, false);

    public static Condition of(String sql) {
        return new Condition(sql, false);
    }

    public boolean isAlways() {
        return sql == null && certain;
    }

    public boolean isNever() {
        return sql == null && !certain;
    }

    public static Condition all(List<Condition> parts) {
        if (parts.stream().anyMatch(Condition::isNever)) {
            return NEVER;
        }
        return join(parts.stream().filter(part -> !part.isAlways()).toList(), " AND ", ALWAYS);
    }

    public static Condition any(List<Condition> parts) {
        if (parts.stream().anyMatch(Condition::isAlways)) {
            return ALWAYS;
        }
        return join(parts.stream().filter(part -> !part.isNever()).toList(), " OR ", NEVER);
    }

    private static Condition join(List<Condition> parts, String operator, Condition none) {
        return switch (parts.size()) {
            case 0 -> none;
            case 1 -> parts.get(0);
            default ->
                    of(
                            parts.stream()
                                    .map(Condition::sql)
                                    .collect(Collectors.joining(operator, "(", ")")));
        };
    }
}
