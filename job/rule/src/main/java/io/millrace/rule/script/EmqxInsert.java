package io.millrace.rule.script;

import java.util.Locale;

/**
 * A statement {@code INSERT INTO target [hints] [(columns)] rule}, where the rule is EMQX's, taken
 * apart.
 *
 * @param head what stands before the rule, completed to a statement that Flink's parser reads
 * @param rule EMQX's rule
 * @param offset where that begins in the file
 */
public record EmqxInsert(String head, String rule, int offset) {
    /** The least that makes a statement of the head. */
    private static final String QUERY = "SELECT 1";

    /**
     * Takes a statement apart.
     *
     * @throws io.millrace.rule.RuleException if there is no rule in it
     */
    public static EmqxInsert of(Statement statement) {
        String sql = statement.sql();
        int at = statement.offset();
        while (at < sql.length()) {
            char c = sql.charAt(at);
            if (c == '`' || c == '\'') {
                at = end(sql, at + 1, String.valueOf(c));
            } else if (sql.startsWith("--", at)) {
                at = end(sql, at, "\n");
            } else if (sql.startsWith("/*", at)) {
                at = end(sql, at + 2, "*/");
            } else if (Character.isJavaIdentifierStart(c)) {
                int end = endOfWord(sql, at);
                String word = sql.substring(at, end).toUpperCase(Locale.ROOT);
                if (word.equals("SELECT") || word.equals("FOREACH")) {
                    // A comment may end the file, where EMQX asks for a line's end.
                    return new EmqxInsert(
                            sql.substring(0, at) + QUERY,
                            statement.source().substring(at) + "\n",
                            at);
                }
                at = end;
            } else {
                at++;
            }
        }
        throw statement
                .file()
                .error(
                        statement.offset(),
                        "There is no rule behind the target.",
                        "With the dialect 'emqx' it is 'INSERT INTO target SELECT … FROM \"topic\"' or 'INSERT INTO target FOREACH … FROM \"topic\"'.");
    }

    private static int end(String sql, int from, String closing) {
        int end = sql.indexOf(closing, from);
        return end < 0 ? sql.length() : end + closing.length();
    }

    private static int endOfWord(String sql, int from) {
        int end = from;
        while (end < sql.length() && Character.isJavaIdentifierPart(sql.charAt(end))) {
            end++;
        }
        return end;
    }
}
