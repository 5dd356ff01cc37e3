package io.millrace.rule.payload;

import io.millrace.rule.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.flink.table.types.logical.BooleanType;
import org.apache.flink.table.types.logical.DoubleType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.VarCharType;

/**
 * Walks a rule's query and notes for each payload member what the place asks of it: the target
 * column's type where the member goes straight into one, the type it is cast to, the type of what
 * it is compared or combined with.
 */
public final class PayloadUses {
    private static final Hint BOOLEAN = Hint.of(new BooleanType());
    private static final Hint TEXT = Hint.of(VarCharType.STRING_TYPE);
    private static final String ELEMENT = "[]";

    private final Function<SqlNode, LogicalType> typeOfCast;
    private final Function<SqlNode, Problem> place;

    /**
     * @param typeOfCast reads the type in a CAST
     * @param place says where a node stands
     */
    public PayloadUses(
            Function<SqlNode, LogicalType> typeOfCast, Function<SqlNode, Problem> place) {
        this.typeOfCast = typeOfCast;
        this.place = place;
    }

    /**
     * Notes the uses of one rule.
     *
     * @param query the rule's query
     * @param topics finds the topic that a name in FROM means, if it means one
     * @param outputs the types of the target's columns, in the query's order
     */
    public void note(
            SqlNode query,
            Function<SqlIdentifier, Optional<Topic>> topics,
            List<LogicalType> outputs) {
        query(query, Scope.root(topics), outputs);
    }

    private void query(SqlNode query, Scope outer, List<LogicalType> outputs) {
        for (Scope.Branch branch : outer.branches(query)) {
            SqlSelect select = branch.select();
            Scope scope = branch.scope();
            List<SqlNode> items = select.getSelectList();
            for (int i = 0; i < items.size(); i++) {
                Hint hint = i < outputs.size() ? Hint.of(outputs.get(i)) : Hint.NONE;
                expression(items.get(i), List.of(), hint, scope);
            }
            condition(select.getWhere(), scope);
            condition(select.getHaving(), scope);
            condition(select.getQualify(), scope);
            each(select.getGroup(), scope);
            each(select.getWindowList(), scope);
            each(select.getOrderList(), scope);
            from(select.getFrom(), scope);
            for (Scope.Source source : scope.sources()) {
                if (source instanceof Scope.OfQuery inner) {
                    inner.branches().forEach(b -> query(b.select(), b.scope(), List.of()));
                }
            }
        }
    }

    private void from(SqlNode from, Scope scope) {
        if (from instanceof SqlJoin join) {
            from(join.getLeft(), scope);
            from(join.getRight(), scope);
            condition(join.getCondition(), scope);
        }
    }

    private void condition(SqlNode condition, Scope scope) {
        if (condition != null) {
            expression(condition, List.of(), BOOLEAN, scope);
        }
    }

    private void each(SqlNodeList nodes, Scope scope) {
        if (nodes != null) {
            nodes.forEach(node -> expression(node, List.of(), Hint.NONE, scope));
        }
    }

    /**
     * @param below the members that the place goes on to below the expression's value
     */
    private void expression(SqlNode node, List<String> below, Hint hint, Scope scope) {
        if (node instanceof SqlIdentifier name) {
            if (!name.isStar()) {
                name(name, below, hint, scope);
            }
        } else if (node instanceof SqlCase choice) {
            choice.getWhenOperands().forEach(when -> condition(when, scope));
            choice.getThenOperands().forEach(then -> expression(then, below, hint, scope));
            if (choice.getElseOperand() != null) {
                expression(choice.getElseOperand(), below, hint, scope);
            }
        } else if (node instanceof SqlNodeList list) {
            list.forEach(element -> expression(element, below, hint, scope));
        } else if (node instanceof SqlCall call) {
            call(call, below, hint, scope);
        }
    }

    private void call(SqlCall call, List<String> below, Hint hint, Scope scope) {
        List<SqlNode> operands = call.getOperandList();
        String function = call.getOperator().getName();
        switch (call.getKind()) {
            case SELECT, UNION, INTERSECT, EXCEPT, WITH, ORDER_BY -> query(call, scope, List.of());
            case AS, OVER -> {
                expression(operands.get(0), below, hint, scope);
                if (call.getKind() == SqlKind.OVER) {
                    all(operands.subList(1, operands.size()), Hint.NONE, scope);
                }
            }
            case CAST, SAFE_CAST ->
                    expression(
                            operands.get(0),
                            List.of(),
                            Hint.of(typeOfCast.apply(operands.get(1))),
                            scope);
            case ITEM -> {
                SqlNode key = operands.get(1);
                boolean named =
                        key instanceof SqlLiteral literal
                                && literal.getTypeName().getFamily() == SqlTypeFamily.CHARACTER;
                String step = named ? ((SqlLiteral) key).toValue() : ELEMENT;
                expression(operands.get(0), prepend(step, below), hint, scope);
                expression(key, List.of(), Functions.arguments("TO_TS", Hint.NONE), scope);
            }
            case DOT ->
                    expression(
                            operands.get(0),
                            prepend(((SqlIdentifier) operands.get(1)).getSimple(), below),
                            hint,
                            scope);
            case AND, OR, NOT, IS_TRUE, IS_FALSE, IS_NOT_TRUE, IS_NOT_FALSE ->
                    all(operands, BOOLEAN, scope);
            case EQUALS,
                    NOT_EQUALS,
                    LESS_THAN,
                    LESS_THAN_OR_EQUAL,
                    GREATER_THAN,
                    GREATER_THAN_OR_EQUAL,
                    IS_DISTINCT_FROM,
                    IS_NOT_DISTINCT_FROM,
                    BETWEEN,
                    IN,
                    NOT_IN,
                    NULLIF ->
                    all(operands, known(operands, scope), scope);
            case PLUS, MINUS, TIMES, DIVIDE, MOD, PLUS_PREFIX, MINUS_PREFIX ->
                    arithmetic(call, hint, scope);
            case LIKE, SIMILAR, RLIKE, POSITION, TRIM -> all(operands, TEXT, scope);
            default -> {
                if (function.equals("TRY_CAST")) {
                    expression(
                            operands.get(0),
                            List.of(),
                            Hint.of(typeOfCast.apply(operands.get(1))),
                            scope);
                } else if (function.equals("||")) {
                    all(operands, TEXT, scope);
                } else if (!Functions.isKnown(function)) {
                    library(function, operands, hint, scope);
                } else {
                    Hint arguments = Functions.arguments(function, hint);
                    all(operands, arguments.or(known(operands, scope, arguments)), scope);
                }
            }
        }
    }

    private void library(String function, List<SqlNode> operands, Hint hint, Scope scope) {
        for (int i = 0; i < operands.size(); i++) {
            if (operands.get(i) != null) {
                boolean array = Functions.takesArray(function, operands.size(), i);
                expression(
                        operands.get(i),
                        array ? List.of(ELEMENT) : List.of(),
                        Functions.argument(function, operands.size(), i, hint),
                        scope);
            }
        }
    }

    private void arithmetic(SqlCall call, Hint hint, Scope scope) {
        List<SqlNode> operands = call.getOperandList();
        Hint wanted =
                switch (call.getKind()) {
                    case TIMES, DIVIDE ->
                            hint.type() != null
                                            && Widening.forArithmetic(hint.type())
                                                    instanceof DoubleType
                                    ? Functions.number(hint)
                                    : Hint.NUMBER;
                    case MOD -> Functions.arguments("TO_TS", Hint.NONE);
                    default -> Functions.number(hint);
                };
        Hint combined = known(operands, scope);
        boolean isNumber = combined.isNone() || Widening.forArithmetic(combined.type()) != null;
        all(operands, isNumber ? combined.or(wanted) : wanted, scope);
    }

    private void all(List<SqlNode> operands, Hint hint, Scope scope) {
        for (SqlNode operand : operands) {
            if (operand != null) {
                expression(operand, List.of(), hint, scope);
            }
        }
    }

    /** The type that some of the operands have of themselves. */
    private Hint known(List<SqlNode> operands, Scope scope) {
        Hint known = Hint.NONE;
        for (SqlNode operand : operands) {
            known = known.or(typeOf(operand, scope));
        }
        return known;
    }

    private Hint known(List<SqlNode> operands, Scope scope, Hint wanted) {
        return wanted.isNone() ? Hint.NONE : known(operands, scope);
    }

    private Hint typeOf(SqlNode node, Scope scope) {
        if (node instanceof SqlLiteral literal) {
            return switch (literal.getTypeName()) {
                case DECIMAL ->
                        literal.toValue().contains(".") ? Hint.of(new DoubleType()) : Hint.NUMBER;
                case DOUBLE, FLOAT, REAL -> Hint.of(new DoubleType());
                case CHAR, VARCHAR -> TEXT;
                case BOOLEAN -> BOOLEAN;
                default -> Hint.NONE;
            };
        }
        if (node instanceof SqlNodeList list) {
            return known(list, scope);
        }
        if (node instanceof SqlIdentifier name && !name.isStar()) {
            return scope.find(name.names)
                    .filter(found -> found.source() instanceof Scope.OfTopic)
                    .filter(found -> found.rest().isEmpty())
                    .map(f -> Hint.of(((Scope.OfTopic) f.source()).topic().column(f.column())))
                    .orElse(Hint.NONE);
        }
        if (node instanceof SqlCall call) {
            if (call.getKind() == SqlKind.CAST || call.getOperator().getName().equals("TRY_CAST")) {
                return Hint.of(typeOfCast.apply(call.operand(1)));
            }
            if (call.getKind() == SqlKind.MINUS_PREFIX) {
                return typeOf(call.operand(0), scope);
            }
        }
        return Hint.NONE;
    }

    private void name(SqlIdentifier name, List<String> below, Hint hint, Scope scope) {
        Optional<Scope.Found> found = scope.find(name.names);
        if (found.isEmpty()) {
            return;
        }
        List<String> rest = new ArrayList<>(found.get().rest());
        rest.addAll(below);
        String column = found.get().column();
        Scope.Source source = found.get().source();
        if (source instanceof Scope.OfTopic ofTopic) {
            if (column.equals(Topic.PAYLOAD)) {
                use(ofTopic.topic().payload(), rest, hint, name);
            }
        } else if (source instanceof Scope.OfQuery query) {
            for (Map.Entry<SqlNode, Scope> item : Scope.items(query, column)) {
                expression(item.getKey(), rest, hint, item.getValue());
            }
        } else if (source instanceof Scope.OfArray array) {
            List<String> inside = new ArrayList<>(List.of(ELEMENT));
            if (array.names().size() > 1) {
                inside.add(column);
            }
            inside.addAll(rest);
            expression(array.array(), inside, hint, array.scope());
        }
    }

    private void use(Member member, List<String> path, Hint hint, SqlNode node) {
        Member at = member;
        for (String step : path) {
            at = step.equals(ELEMENT) ? at.element() : at.member(step);
        }
        at.use(hint, place.apply(node));
    }

    private static List<String> prepend(String step, List<String> below) {
        List<String> all = new ArrayList<>();
        all.add(step);
        all.addAll(below);
        return all;
    }
}
