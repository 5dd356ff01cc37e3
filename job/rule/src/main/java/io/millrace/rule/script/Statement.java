package io.millrace.rule.script;

import io.millrace.rule.RuleException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One statement of a rule file.
 *
 * @param file the file
 * @param sql the statement, with double-quoted names turned into back-ticked ones and everything
 *     before it blanked out, so that a position in it is a position in the file
 * @param offset where the statement begins in the file
 * @param header what the comments before it say
 */
public record Statement(SourceFile file, String sql, int offset, RuleHeader header) {
    private static final Pattern POSITION =
            Pattern.compile("[Ll]ine ([1-9]\\d*), column ([1-9]\\d*)");
    private static final Pattern POSITION_PREFIX =
            Pattern.compile(
                    "^(SQL validation failed\\. )?"
                            + "((From|At|at) line \\d+, column \\d+( to line \\d+, column \\d+)?: )?");

    /**
     * The statement as it stands in the file, quotes and all, with everything before it blanked
     * out.
     */
    public String source() {
        return sql.substring(0, offset) + file.text().substring(offset, sql.length());
    }

    /** Where it begins, as {@code file:line:column}. */
    public String place() {
        return "%s:%d:%d".formatted(file.path(), file.line(offset), file.column(offset));
    }

    /** An error of Flink's planner, at the place that it names or else at the statement. */
    public RuleException error(Throwable failure) {
        int at = offset;
        Throwable root = failure;
        for (Throwable t = failure; t != null; t = t.getCause()) {
            Matcher position = POSITION.matcher(String.valueOf(t.getMessage()));
            if (at == offset && position.find()) {
                at =
                        file.offset(
                                Integer.parseInt(position.group(1)),
                                Integer.parseInt(position.group(2)));
            }
            if (t.getMessage() != null) {
                root = t;
            }
        }
        String message =
                POSITION_PREFIX.matcher(String.valueOf(root.getMessage())).replaceFirst("");
        return file.error(Math.min(at, file.text().length()), message, failure);
    }
}
