package io.millrace.rule.plan;

import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;

/**
 * A rule's query in Flink SQL as it is written, with its parts found again: Flink's parser cannot
 * write down all that it reads. Offsets are those of the file.
 */
final class QueryText {
    private static final Pattern FROM = Pattern.compile("\\bFROM\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern WHERE = Pattern.compile("\\bWHERE\\b", Pattern.CASE_INSENSITIVE);

    /** Where no key word counts. */
    private static final Pattern NO_CODE =
            Pattern.compile("--[^\\n]*|(?s:/\\*.*?\\*/)|'(?:[^']|'')*'|`[^`]*`");

    /** Kinds of nodes that cannot fail, whatever their operands are. */
    private static final Set<SqlKind> SAFE =
            Set.of(
                    SqlKind.AND,
                    SqlKind.OR,
                    SqlKind.NOT,
                    SqlKind.EQUALS,
                    SqlKind.NOT_EQUALS,
                    SqlKind.LESS_THAN,
                    SqlKind.LESS_THAN_OR_EQUAL,
                    SqlKind.GREATER_THAN,
                    SqlKind.GREATER_THAN_OR_EQUAL,
                    SqlKind.IS_NULL,
                    SqlKind.IS_NOT_NULL,
                    SqlKind.IS_TRUE,
                    SqlKind.IS_NOT_TRUE,
                    SqlKind.IS_FALSE,
                    SqlKind.IS_NOT_FALSE,
                    SqlKind.IN,
                    SqlKind.NOT_IN,
                    SqlKind.BETWEEN,
                    SqlKind.LIKE,
                    SqlKind.AS,
                    SqlKind.PLUS,
                    SqlKind.MINUS,
                    SqlKind.TIMES,
                    SqlKind.IDENTIFIER,
                    SqlKind.LITERAL);

    private final Rule rule;
    private final String sql;
    private final String code;

    QueryText(Rule rule) {
        this.rule = rule;
        this.sql = rule.queryText();
        this.code = NO_CODE.matcher(sql).replaceAll(piece -> " ".repeat(piece.group().length()));
    }

    /** The text, with texts, quoted names and comments blanked out. */
    String code() {
        return code;
    }

    String substring(int from, int to) {
        return sql.substring(from, to);
    }

    /** Where the key word FROM of a query stands; negative if it is not found. */
    int from(SqlSelect select) {
        List<SqlNode> items = select.getSelectList();
        Matcher from = FROM.matcher(code);
        return from.find(rule.endOffset(items.get(items.size() - 1))) ? from.start() : -1;
    }

    /** Where the key word WHERE of a query stands; negative if it is not found. */
    int where(SqlSelect select) {
        Matcher where = WHERE.matcher(code).region(from(select), rule.offset(select.getWhere()));
        int last = -1;
        while (where.find()) {
            last = where.start();
        }
        return last;
    }

    /** The clause FROM, from its key word on. */
    String fromClause(SqlSelect select) {
        int begin = from(select);
        return sql.substring(
                begin,
                select.getWhere() == null
                        ? closed(begin, rule.endOffset(select.getFrom()))
                        : where(select));
    }

    /** The end of a node with the parentheses around it, which its position leaves out. */
    int closed(int from, int end) {
        String text = code.substring(from, end);
        long open = text.chars().filter(c -> c == '(').count();
        long closed = text.chars().filter(c -> c == ')').count();
        int at = end;
        for (long left = open - closed; left > 0; left--) {
            at = code.indexOf(')', at) + 1;
        }
        return Math.max(at, end);
    }

    /** Whether the value of a node can be had whatever its operands are. */
    static boolean isSafe(SqlNode node) {
        if (node == null) {
            return true;
        }
        if (node instanceof SqlNodeList list) {
            return list.getList().stream().allMatch(QueryText::isSafe);
        }
        return SAFE.contains(node.getKind())
                && (!(node instanceof SqlCall call)
                        || call.getOperandList().stream().allMatch(QueryText::isSafe));
    }
}
