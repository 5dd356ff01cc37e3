package io.millrace.rule.plan;

import io.millrace.rule.Problem;
import io.millrace.rule.RuleException;
import io.millrace.rule.script.EmqxInsert;
import io.millrace.rule.script.RuleHeader;
import io.millrace.rule.script.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.sql.SqlHint;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.flink.sql.parser.dml.RichSqlInsert;

/**
 * One {@code INSERT INTO … SELECT …} of a rule file, taken apart.
 *
 * @param name what the header calls it, or made from the file's name
 * @param statement where it stands
 * @param catalog the catalog that was current where it stands
 * @param database the database that was current where it stands
 * @param target the target's name as written
 * @param hints the target's hints as written, or empty
 * @param options what the hints say
 * @param columns the column list as written, if there is one
 * @param query the query
 * @param queryText the query's text, with everything before it blanked out; blank if it is not in
 *     Flink SQL
 * @param emqx the rule if it is in EMQX's dialect; then the query is a stand-in
 */
record Rule(
        String name,
        Statement statement,
        String catalog,
        String database,
        SqlIdentifier target,
        String hints,
        Map<String, String> options,
        Optional<List<SqlIdentifier>> columns,
        SqlNode query,
        String queryText,
        Optional<EmqxInsert> emqx) {

    static Rule of(
            String defaultName,
            Statement statement,
            String catalog,
            String database,
            RichSqlInsert insert,
            Optional<EmqxInsert> emqx) {
        SqlIdentifier target = (SqlIdentifier) insert.getTargetTableID();
        if (insert.isOverwrite() || !insert.getStaticPartitions().isEmpty()) {
            throw statement
                    .file()
                    .error(
                            statement.offset(),
                            "A rule writes with INSERT INTO; OVERWRITE and PARTITION do not apply.");
        }
        String sql = emqx.map(EmqxInsert::head).orElse(statement.sql());
        int afterTarget = offset(statement, target.getParserPosition(), true);
        int afterHints = skipBlanks(sql, afterTarget);
        SqlNodeList list = insert.getTargetColumnList();
        int query = afterHints;
        if (list != null) {
            int last = offset(statement, list.get(list.size() - 1).getParserPosition(), true);
            query = sql.indexOf(')', last) + 1;
        }
        return new Rule(
                statement
                        .header()
                        .get(RuleHeader.Key.NAME)
                        .map(RuleHeader.Value::text)
                        .orElse(defaultName),
                statement,
                catalog,
                database,
                target,
                sql.substring(afterTarget, afterHints).strip(),
                options(insert),
                Optional.ofNullable(list)
                        .map(l -> l.stream().map(node -> (SqlIdentifier) node).toList()),
                insert.getSource(),
                emqx.isPresent()
                        ? ""
                        : sql.substring(0, query).replaceAll("[^\\n]", " ") + sql.substring(query),
                emqx);
    }

    private static Map<String, String> options(RichSqlInsert insert) {
        Map<String, String> options = new LinkedHashMap<>();
        if (insert.getTableHints() != null) {
            for (SqlNode node : insert.getTableHints()) {
                if (node instanceof SqlHint hint
                        && hint.getOptionFormat() == SqlHint.HintOptionFormat.KV_LIST) {
                    options.putAll(hint.getOptionKVPairs());
                }
            }
        }
        return options;
    }

    private static int skipBlanks(String sql, int from) {
        int at = from;
        while (at < sql.length()) {
            if (Character.isWhitespace(sql.charAt(at))) {
                at++;
            } else if (sql.startsWith("/*", at)) {
                at = sql.indexOf("*/", at) + 2;
            } else if (sql.startsWith("--", at)) {
                int end = sql.indexOf('\n', at);
                at = end < 0 ? sql.length() : end;
            } else {
                break;
            }
        }
        return at;
    }

    private static int offset(Statement statement, SqlParserPos position, boolean end) {
        return end
                ? statement.file().offset(position.getEndLineNum(), position.getEndColumnNum()) + 1
                : statement.file().offset(position.getLineNum(), position.getColumnNum());
    }

    /** Where a node of this rule begins in the file. */
    int offset(SqlNode node) {
        return offset(statement, node.getParserPosition(), false);
    }

    /** Where a node of this rule ends in the file. */
    int endOffset(SqlNode node) {
        return offset(statement, node.getParserPosition(), true);
    }

    /** Something at an offset of this rule's file. */
    Problem problem(Problem.Severity severity, int offset, String message) {
        return problem(severity, offset, message, "");
    }

    /** Something at an offset of this rule's file. */
    Problem problem(Problem.Severity severity, int offset, String message, String remedy) {
        return statement.file().problem(severity, offset, message, remedy);
    }

    /** An error of Flink's planner, at the place that it is about. */
    RuleException error(Throwable failure) {
        return CallFinder.find(query, failure)
                .map(
                        call ->
                                statement
                                        .file()
                                        .error(offset(call), Session.rootMessage(failure), failure))
                .orElseGet(() -> statement.error(failure));
    }

    /** A node's text as the user wrote it. */
    String text(SqlNode node) {
        return statement
                .sql()
                .substring(
                        offset(statement, node.getParserPosition(), false),
                        offset(statement, node.getParserPosition(), true));
    }

    /** A node's place, for something that is wrong there. */
    Problem place(SqlNode node) {
        return problem(Problem.Severity.ERROR, offset(node), "");
    }
}
