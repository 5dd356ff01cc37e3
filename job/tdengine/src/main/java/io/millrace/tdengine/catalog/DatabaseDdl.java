package io.millrace.tdengine.catalog;

import io.millrace.common.DidYouMean;
import io.millrace.common.Problems;
import io.millrace.tdengine.client.SqlText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.flink.table.api.ValidationException;

/**
 * Writes CREATE DATABASE and ALTER DATABASE. Options are checked before they become SQL. Stateless.
 */
final class DatabaseDdl {

    /**
     * An option of a database.
     *
     * @param pattern what it may be
     * @param allowed the same, for people
     * @param text whether SQL writes it in quotes
     * @param changeable whether it can be changed later
     */
    private record Option(Pattern pattern, String allowed, boolean text, boolean changeable) {}

    private static final Option COUNT =
            new Option(Pattern.compile("\\d{1,10}"), "a number", false, false);
    private static final Option CHANGEABLE_COUNT =
            new Option(Pattern.compile("-?\\d{1,10}"), "a number", false, true);
    private static final String TIME = "\\d{1,9}[mhd]?";

    private static final Map<String, Option> OPTIONS =
            new TreeMap<>(
                    Map.ofEntries(
                            Map.entry(
                                    "precision",
                                    new Option(
                                            Pattern.compile("ms|us|ns"),
                                            "'ms', 'us' and 'ns'",
                                            true,
                                            false)),
                            Map.entry(
                                    "cachemodel",
                                    new Option(
                                            Pattern.compile("none|last_row|last_value|both"),
                                            "'none', 'last_row', 'last_value' and 'both'",
                                            true,
                                            true)),
                            Map.entry(
                                    "keep",
                                    new Option(
                                            Pattern.compile(TIME + "(," + TIME + "){0,2}"),
                                            "times such as '365d' or '30d,90d,365d'",
                                            false,
                                            true)),
                            Map.entry(
                                    "duration",
                                    new Option(
                                            Pattern.compile(TIME),
                                            "a time such as '10d'",
                                            false,
                                            false)),
                            Map.entry("vgroups", COUNT),
                            Map.entry("replica", CHANGEABLE_COUNT),
                            Map.entry("buffer", CHANGEABLE_COUNT),
                            Map.entry("pages", CHANGEABLE_COUNT),
                            Map.entry("pagesize", COUNT),
                            Map.entry("cachesize", CHANGEABLE_COUNT),
                            Map.entry("comp", COUNT),
                            Map.entry("maxrows", COUNT),
                            Map.entry("minrows", CHANGEABLE_COUNT),
                            Map.entry("stt_trigger", CHANGEABLE_COUNT),
                            Map.entry("single_stable", COUNT),
                            Map.entry("table_prefix", COUNT),
                            Map.entry("table_suffix", COUNT),
                            Map.entry("wal_level", CHANGEABLE_COUNT),
                            Map.entry("wal_fsync_period", CHANGEABLE_COUNT),
                            Map.entry("wal_retention_period", CHANGEABLE_COUNT),
                            Map.entry("wal_retention_size", CHANGEABLE_COUNT)));

    /** The options that are shown of a database. */
    static final List<String> SHOWN =
            List.of(
                    "precision",
                    "keep",
                    "duration",
                    "vgroups",
                    "replica",
                    "cachemodel",
                    "cachesize",
                    "buffer",
                    "pages",
                    "minrows");

    private DatabaseDdl() {}

    /**
     * Creates a database.
     *
     * @throws ValidationException with all that is wrong
     */
    static String create(String name, Map<String, String> options, String comment) {
        Problems problems = new Problems();
        NameRules.check(problems, "database", name, NameRules.LONGEST_DATABASE);
        problems.require(
                comment == null || comment.isEmpty(),
                "Database '"
                        + name
                        + "' has a comment, which TDengine does not keep. Leave COMMENT out.");
        String clauses = clauses(options, problems);
        problems.throwIfAny(ValidationException::new);
        return "CREATE DATABASE " + SqlText.name(name) + clauses;
    }

    /**
     * Changes a database.
     *
     * @param before its options as {@link #SHOWN}
     * @param after what they shall be
     * @return one statement for each option that changes
     * @throws ValidationException with all that is wrong
     */
    static List<String> alter(String name, Map<String, String> before, Map<String, String> after) {
        Problems problems = new Problems();
        List<String> statements = new ArrayList<>();
        after.forEach(
                (key, value) -> {
                    if (value.equals(before.get(key))) {
                        return;
                    }
                    Option option = OPTIONS.get(normal(key));
                    if (option != null && !option.changeable()) {
                        problems.add(
                                "Option '"
                                        + key
                                        + "' of database '"
                                        + name
                                        + "' cannot be changed later; allowed are "
                                        + changeable()
                                        + ".");
                        return;
                    }
                    statements.add(
                            "ALTER DATABASE "
                                    + SqlText.name(name)
                                    + clauses(Map.of(key, value), problems));
                });
        before.keySet().stream()
                .filter(key -> !after.containsKey(key))
                .forEach(
                        key ->
                                problems.add(
                                        "Option '"
                                                + key
                                                + "' of database '"
                                                + name
                                                + "' cannot be removed. Set it."));
        problems.throwIfAny(ValidationException::new);
        return statements;
    }

    private static String changeable() {
        return OPTIONS.entrySet().stream()
                .filter(entry -> entry.getValue().changeable())
                .map(Map.Entry::getKey)
                .collect(Collectors.joining(", "));
    }

    private static String normal(String key) {
        return key.toLowerCase(Locale.ROOT).replace('-', '_');
    }

    private static String clauses(Map<String, String> options, Problems problems) {
        StringBuilder clauses = new StringBuilder();
        new TreeMap<>(options)
                .forEach(
                        (key, value) -> {
                            Option option = OPTIONS.get(normal(key));
                            String plain = value.strip();
                            if (option == null) {
                                problems.add(
                                        "Option '"
                                                + key
                                                + "' is none of a database; allowed are "
                                                + String.join(", ", OPTIONS.keySet())
                                                + "."
                                                + DidYouMean.hint(OPTIONS.keySet(), normal(key)));
                            } else if (!option.pattern().matcher(plain).matches()) {
                                problems.add(
                                        "Option '"
                                                + key
                                                + "' is '"
                                                + value
                                                + "'; allowed are "
                                                + option.allowed()
                                                + ".");
                            } else {
                                clauses.append(' ')
                                        .append(normal(key).toUpperCase(Locale.ROOT))
                                        .append(' ')
                                        .append(option.text() ? SqlText.literal(plain) : plain);
                            }
                        });
        return clauses.toString();
    }
}
