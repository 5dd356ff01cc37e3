package io.millrace.rule.plan;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;
import org.apache.flink.table.types.logical.LogicalType;

/**
 * Finds the expressions of a query in Flink SQL that can fail at run time, where Flink does not say
 * which did. It looks at what the query selects and at its condition.
 */
final class FlinkSuspects {
    private final Session session;
    private final Rule rule;
    private final QueryText text;

    private FlinkSuspects(Session session, Rule rule) {
        this.session = session;
        this.rule = rule;
        this.text = new QueryText(rule);
    }

    static List<Suspect> of(Session session, Rule rule) {
        if (!(rule.query() instanceof SqlSelect select) || select.getFrom() == null) {
            return List.of();
        }
        FlinkSuspects finder = new FlinkSuspects(session, rule);
        List<Suspect> suspects = new ArrayList<>();
        for (SqlNode item : select.getSelectList()) {
            SqlNode value = item.getKind() == SqlKind.AS ? ((SqlCall) item).operand(0) : item;
            finder.add(value, select, suspects);
        }
        if (select.getWhere() != null) {
            finder.addParts(select.getWhere(), select, suspects);
        }
        return suspects;
    }

    private void addParts(SqlNode condition, SqlSelect select, List<Suspect> suspects) {
        if (condition.getKind() == SqlKind.AND) {
            ((SqlCall) condition)
                    .getOperandList()
                    .forEach(operand -> addParts(operand, select, suspects));
        } else {
            add(condition, select, suspects);
        }
    }

    private void add(SqlNode value, SqlSelect select, List<Suspect> suspects) {
        if (QueryText.isSafe(value)) {
            return;
        }
        try {
            int begin = rule.offset(value);
            String written = text.substring(begin, text.closed(begin, rule.endOffset(value)));
            String from = text.fromClause(select);
            LogicalType type =
                    session.tables()
                            .sqlQuery("SELECT " + written + " " + from)
                            .getResolvedSchema()
                            .getColumnDataTypes()
                            .get(0)
                            .getLogicalType();
            suspects.add(
                    new Suspect(
                            rule.place(value).place() + ": " + written.replaceAll("\\s+", " "),
                            "SELECT " + FlinkProbes.text(written, type) + " " + from));
        } catch (RuntimeException e) {
            // Without it the rule as a whole is the place.
        }
    }
}
