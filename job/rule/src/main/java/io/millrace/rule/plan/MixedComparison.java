package io.millrace.rule.plan;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeFamily;
import org.apache.flink.table.types.logical.RowType;

/**
 * Finds where a text is compared with a number: the planner says that it happens and not where. For
 * one rule.
 */
final class MixedComparison extends SqlBasicVisitor<Void> {
    /** What it is. */
    record Found(int offset, String message, String remedy) {}

    /** What the planner refuses where it takes an order of the two. */
    private static final Set<SqlKind> EQUALITY =
            Set.of(SqlKind.EQUALS, SqlKind.NOT_EQUALS, SqlKind.IN, SqlKind.NOT_IN);

    private final NamesAt names;
    private final Rule rule;
    private boolean equality = true;
    private Found found;

    MixedComparison(NamesAt names, Rule rule) {
        this.names = names;
        this.rule = rule;
    }

    /** The first one. */
    Optional<Found> find() {
        rule.query().accept(this);
        equality = false;
        rule.query().accept(this);
        return Optional.ofNullable(found);
    }

    @Override
    public Void visit(SqlCall call) {
        boolean compares =
                equality
                        ? EQUALITY.contains(call.getKind())
                        : call.isA(SqlKind.COMPARISON) || call.getKind() == SqlKind.BETWEEN;
        if (found == null && compares && call instanceof SqlBasicCall) {
            List<SqlNode> operands = call.getOperandList();
            for (int i = 1; i < operands.size() && found == null; i++) {
                compare(operands.get(0), first(operands.get(i)));
                compare(first(operands.get(i)), operands.get(0));
            }
        }
        return super.visit(call);
    }

    private static SqlNode first(SqlNode node) {
        return node instanceof SqlNodeList list && !list.isEmpty() ? list.get(0) : node;
    }

    private void compare(SqlNode value, SqlNode literal) {
        if (found != null
                || !(value instanceof SqlIdentifier name)
                || !(literal instanceof SqlLiteral constant)) {
            return;
        }
        Optional<LogicalType> type = type(name);
        SqlTypeFamily family = constant.getTypeName().getFamily();
        boolean text =
                type.filter(t -> t.is(LogicalTypeFamily.CHARACTER_STRING)).isPresent()
                        && family == SqlTypeFamily.NUMERIC;
        boolean number =
                type.filter(t -> t.is(LogicalTypeFamily.NUMERIC)).isPresent()
                        && family == SqlTypeFamily.CHARACTER;
        if (text || number) {
            String shown = rule.text(name).replace('`', '"');
            String other = constant.toValue();
            found =
                    new Found(
                            rule.offset(name),
                            "%s is %s and is compared with the %s %s."
                                    .formatted(
                                            shown,
                                            type.get().copy(true).asSummaryString(),
                                            text ? "number" : "text",
                                            text ? other : "'" + other + "'"),
                            text
                                    ? "Write '%s' as a text, or CAST(%s AS DOUBLE)."
                                            .formatted(other, shown)
                                    : "Compare it with a number, or write CAST(%s AS STRING)."
                                            .formatted(shown));
        }
    }

    private Optional<LogicalType> type(SqlIdentifier name) {
        List<String> parts = name.names;
        for (NamesAt.Source source : names.sources(rule.offset(name))) {
            int from = parts.size() > 1 && source.alias().equals(parts.get(0)) ? 1 : 0;
            Optional<LogicalType> type =
                    source.columns().stream()
                            .filter(column -> column.getName().equals(parts.get(from)))
                            .map(Column::getDataType)
                            .map(data -> data.getLogicalType())
                            .findFirst()
                            .flatMap(column -> member(column, parts, from + 1));
            if (type.isPresent()) {
                return type;
            }
        }
        return Optional.empty();
    }

    private static Optional<LogicalType> member(LogicalType type, List<String> parts, int at) {
        if (at == parts.size()) {
            return Optional.of(type);
        }
        int index = type instanceof RowType row ? row.getFieldIndex(parts.get(at)) : -1;
        return index < 0 ? Optional.empty() : member(type.getChildren().get(index), parts, at + 1);
    }
}
