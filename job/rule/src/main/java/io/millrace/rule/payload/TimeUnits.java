package io.millrace.rule.payload;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;

/**
 * Finds the unit of an integer that a rule's query gives out as a time: the literal in the call of
 * the function that made it, as in {@code now_timestamp('millisecond')}. Never by magnitude.
 */
public final class TimeUnits {
    /** The position of the unit among the arguments; a call that leaves it out means seconds. */
    private static final Map<String, Integer> UNIT_ARGUMENT =
            Map.of("now_timestamp", 0, "rfc3339_to_unix_ts", 1, "date_to_unix_ts", 0);

    private TimeUnits() {}

    /**
     * The unit of a query's output column.
     *
     * @param column the column's position, from 0
     * @return the unit's name as the functions know it, or nothing if no function says it
     */
    public static Optional<String> of(
            SqlNode query, Function<SqlIdentifier, Optional<Topic>> topics, int column) {
        List<Scope.Branch> branches = Scope.root(topics).branches(query);
        for (Scope.Branch branch : branches) {
            List<SqlNode> items = branch.select().getSelectList();
            if (column < items.size()) {
                Optional<String> unit = ofExpression(items.get(column), branch.scope());
                if (unit.isPresent()) {
                    return unit;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<String> ofExpression(SqlNode node, Scope scope) {
        if (node instanceof SqlIdentifier name && !name.isStar()) {
            return scope.find(name.names)
                    .filter(found -> found.source() instanceof Scope.OfQuery)
                    .flatMap(
                            found ->
                                    Scope.items((Scope.OfQuery) found.source(), found.column())
                                            .stream()
                                            .flatMap(
                                                    item ->
                                                            ofExpression(
                                                                    item.getKey(), item.getValue())
                                                                    .stream())
                                            .findFirst());
        }
        if (!(node instanceof SqlCall call)) {
            return Optional.empty();
        }
        if (call.getKind() == SqlKind.AS || call.getKind() == SqlKind.CAST) {
            return ofExpression(call.operand(0), scope);
        }
        Integer argument = UNIT_ARGUMENT.get(call.getOperator().getName().toLowerCase(Locale.ROOT));
        if (argument == null) {
            return Optional.empty();
        }
        if (call.operandCount() <= argument) {
            return Optional.of("second");
        }
        return call.operand(argument) instanceof SqlLiteral literal
                ? Optional.of(literal.toValue())
                : Optional.empty();
    }
}
