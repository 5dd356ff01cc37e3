package io.millrace.rule.plan;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Flink's planner says of a query.
 *
 * @param kind what sort of name it does not find, if that is it
 * @param name the name that it does not find; empty if it is about none
 * @param message the planner's words, without the place
 * @param start offset of the place in the query's text; negative if it says none
 * @param end offset after it
 */
record PlannerFailure(Kind kind, String name, String message, int start, int end) {

    /** What is not found. */
    enum Kind {
        AMBIGUOUS("Column '([^']+)' is ambiguous"),
        COLUMN("(?:Column|Field) '([^']+)' not found in (?:any table|table '.*')"),
        FIELD("(?:Unknown field|No field|Field) '([^']+)'"),
        ALIAS("Table '([^']+)' not found"),
        TABLE("Object '([^']+)' not found"),
        FUNCTION("No match found for function signature (\\w+)\\("),
        TYPE("Unknown identifier '([^']+)'"),
        /** Nothing: it is another complaint. */
        NONE("(?!)()");

        private final Pattern words;

        Kind(String words) {
            this.words = Pattern.compile(words);
        }
    }

    private static final Pattern POSITION =
            Pattern.compile(
                    "[Ll]ine ([1-9]\\d*), column ([1-9]\\d*)(?: to line (\\d+), column (\\d+))?");
    private static final Pattern REST = Pattern.compile("(\\s*\\.\\s*(`[^`]*`|\\w+))+");
    private static final Pattern PREFIX =
            Pattern.compile(
                    "^(SQL validation failed\\. )?"
                            + "((From|At|at) line \\d+, column \\d+( to line \\d+, column \\d+)?: )?");

    /** Reads a failure to plan a text. */
    static PlannerFailure of(Throwable failure, String sql) {
        int start = -1;
        int end = -1;
        for (Throwable t = failure; t != null && start < 0; t = t.getCause()) {
            Matcher position = POSITION.matcher(String.valueOf(t.getMessage()));
            if (position.find()) {
                start = offset(sql, position.group(1), position.group(2));
                end =
                        position.group(3) == null
                                ? start + 1
                                : offset(sql, position.group(3), position.group(4)) + 1;
            }
        }
        String message =
                PREFIX.matcher(String.valueOf(Session.rootMessage(failure))).replaceFirst("");
        for (Kind kind : Kind.values()) {
            Matcher words = kind.words.matcher(message);
            if (words.find()) {
                return kind == Kind.TYPE && descriptor(sql, start)
                        ? new PlannerFailure(Kind.COLUMN, words.group(1), message, start, end)
                        : new PlannerFailure(
                                kind,
                                words.group(1),
                                message,
                                start,
                                kind == Kind.ALIAS ? whole(sql, end) : end);
            }
        }
        return new PlannerFailure(Kind.NONE, "", message, start, end);
    }

    /** Whether it is the column of a window's time, which the planner calls an identifier too. */
    private static boolean descriptor(String sql, int start) {
        return start > 0 && sql.substring(0, start).matches("(?is).*\\bDESCRIPTOR\\s*\\(\\s*");
    }

    /** The end of a name of which the planner tells the first part's place. */
    private static int whole(String sql, int end) {
        Matcher rest = REST.matcher(sql);
        return end > 0 && rest.region(end, sql.length()).lookingAt() ? rest.end() : end;
    }

    private static int offset(String sql, String line, String column) {
        return FlinkParser.offset(sql, Integer.parseInt(line), Integer.parseInt(column));
    }

    boolean isNotFound() {
        return kind != Kind.NONE;
    }

    boolean hasPlace() {
        return start >= 0 && end > start;
    }
}
