package io.millrace.functions;

import io.millrace.functions.library.RuleFunction;
import java.util.Map;
import java.util.Set;

/**
 * Which arguments may be NULL without the answer being NULL. SQL expects NULL for NULL; EMQX's
 * functions often make a text of it, which nobody wants in a table. What is left are functions that
 * ask what a value is, and places where NULL is as good as any value.
 */
final class NullArguments {
    private static final Set<String> ALL = Set.of("coalesce", "coalesce_ne", "eq");
    private static final String JUDGEMENTS = "is_";

    private static final Map<String, Integer> ONE =
            Map.of("map_get", 2, "mget", 2, "map_put", 1, "mput", 1);

    /**
     * To these a NULL inside an array is one that is missing; to all others it is JSON's null,
     * which is what it becomes in a text.
     */
    private static final Set<String> OF_MISSING_MEMBERS =
            Set.of("coalesce", "coalesce_ne", "join_to_sql_values_string");

    private NullArguments() {}

    /** Whether a NULL at a position is passed on. */
    static boolean passes(RuleFunction function, int position) {
        return passesAll(function) || Integer.valueOf(position).equals(ONE.get(function.name()));
    }

    private static boolean passesAll(RuleFunction function) {
        return ALL.contains(function.name())
                || function.name().startsWith(JUDGEMENTS) && function.takesUndefined();
    }

    /** Whether a NULL inside an array, a map or a row is one that is missing. */
    static boolean areMissingInside(RuleFunction function) {
        return OF_MISSING_MEMBERS.contains(function.name());
    }

    /** What documents say of it, or an empty text. */
    static String describe(RuleFunction function) {
        if (passesAll(function)) {
            return "Answers for NULL too.";
        }
        Integer position = ONE.get(function.name());
        return position == null
                ? ""
                : "`%s` may be NULL."
                        .formatted(
                                function.overloads()
                                        .get(function.overloads().size() - 1)
                                        .parameter(position)
                                        .name());
    }
}
