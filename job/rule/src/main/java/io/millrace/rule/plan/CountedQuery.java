package io.millrace.rule.plan;

import io.millrace.rule.payload.Topic;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;

/**
 * Puts a function around a query's condition that counts how many messages it holds for. That makes
 * sense for a plain SELECT over one topic, where each message is one row or none. The condition is
 * found in the text, since Flink's parser cannot write down all that it reads.
 */
final class CountedQuery {
    private static final Pattern COMMENT = Pattern.compile("--[^\\n]*|(?s:/\\*.*?\\*/)");
    private static final Pattern WHERE = Pattern.compile("\\s*WHERE\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern SUBQUERY =
            Pattern.compile("\\bSELECT\\b", Pattern.CASE_INSENSITIVE);

    private CountedQuery() {}

    /**
     * The query with the function in it; empty if the counts would mean nothing.
     *
     * @param function its name
     */
    static Optional<String> of(
            Rule rule, Function<SqlIdentifier, Optional<Topic>> topics, String function) {
        if (!(rule.query() instanceof SqlSelect select) || !isPlain(select)) {
            return Optional.empty();
        }
        Optional<SqlIdentifier> table = table(select.getFrom());
        if (table.isEmpty() || topics.apply(table.get()).isEmpty()) {
            return Optional.empty();
        }
        String query = rule.queryText();
        int end = rule.endOffset(select.getFrom());
        String rest = blanked(query.substring(end));
        Matcher where = WHERE.matcher(rest);
        if (rest.isBlank()) {
            return Optional.of(query + "\n WHERE " + function + "(TRUE)");
        }
        if (select.getWhere() == null || !where.lookingAt() || SUBQUERY.matcher(rest).find()) {
            return Optional.empty();
        }
        int condition = end + where.end();
        return Optional.of(
                "%s %s(%s\n)"
                        .formatted(
                                query.substring(0, condition),
                                function,
                                query.substring(condition)));
    }

    private static boolean isPlain(SqlSelect select) {
        return select.getFrom() != null
                && select.getGroup() == null
                && select.getHaving() == null
                && select.getQualify() == null
                && select.getWindowList().isEmpty()
                && select.getOrderList() == null
                && select.getFetch() == null
                && select.getOffset() == null
                && !select.isDistinct();
    }

    private static Optional<SqlIdentifier> table(SqlNode from) {
        SqlNode table =
                from.getKind() == SqlKind.AS && ((SqlCall) from).operandCount() == 2
                        ? ((SqlCall) from).operand(0)
                        : from;
        return table instanceof SqlIdentifier name ? Optional.of(name) : Optional.empty();
    }

    private static String blanked(String sql) {
        return COMMENT.matcher(sql).replaceAll(comment -> " ".repeat(comment.group().length()));
    }
}
