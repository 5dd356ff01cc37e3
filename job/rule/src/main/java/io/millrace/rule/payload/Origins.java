package io.millrace.rule.payload;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.type.SqlTypeFamily;

/** Follows the outputs of a query back to what they are made of. For one output. */
public final class Origins {
    /** Names without brackets that are functions and no columns. */
    private static final Set<String> BARE_FUNCTIONS =
            Set.of("CURRENT_TIMESTAMP", "LOCALTIMESTAMP", "CURRENT_DATE", "CURRENT_TIME");

    private final Set<String> calls = new HashSet<>();
    private final Set<String> columns = new HashSet<>();
    private SqlLiteral literal;
    private boolean composed;

    private Origins() {}

    /**
     * Follows an output column.
     *
     * @param column the column's position, from 0
     * @return nothing if {@code *} hides which column it is
     */
    public static Optional<Origin> of(
            SqlNode query, Function<SqlIdentifier, Optional<Topic>> topics, int column) {
        Origins origins = new Origins();
        List<Scope.Branch> branches = Scope.root(topics).branches(query);
        for (Scope.Branch branch : branches) {
            List<SqlNode> items = branch.select().getSelectList();
            if (column >= items.size() || hasStar(items)) {
                return Optional.empty();
            }
            origins.follow(items.get(column), branch.scope());
        }
        return branches.isEmpty() ? Optional.empty() : Optional.of(origins.origin(branches.size()));
    }

    /**
     * The place of an output column: of its expression in the first SELECT.
     *
     * @return nothing if {@code *} hides which column it is
     */
    public static Optional<SqlNode> node(
            SqlNode query, Function<SqlIdentifier, Optional<Topic>> topics, int column) {
        return Scope.root(topics).branches(query).stream()
                .findFirst()
                .map(branch -> (List<SqlNode>) branch.select().getSelectList())
                .filter(items -> column < items.size() && !hasStar(items))
                .map(items -> items.get(column));
    }

    /** The name of an output column, if the query gives it one. */
    public static Optional<String> alias(SqlNode item) {
        return Optional.ofNullable(Scope.nameOf(item));
    }

    private static boolean hasStar(List<SqlNode> items) {
        return items.stream().anyMatch(item -> item instanceof SqlIdentifier i && i.isStar());
    }

    private Origin origin(int branches) {
        if (literal == null || composed || branches > 1) {
            return new Origin(calls, columns, null, null);
        }
        SqlTypeFamily family = literal.getTypeName().getFamily();
        return new Origin(
                calls,
                columns,
                literal.toValue(),
                family == SqlTypeFamily.CHARACTER
                        ? Origin.Kind.TEXT
                        : family == SqlTypeFamily.NUMERIC ? Origin.Kind.NUMBER : Origin.Kind.OTHER);
    }

    private void follow(SqlNode node, Scope scope) {
        if (node instanceof SqlLiteral found) {
            composed |= literal != null;
            literal = found;
        } else if (node instanceof SqlIdentifier name) {
            composed = true;
            name(name, scope);
        } else if (node instanceof SqlNodeList list) {
            list.forEach(element -> follow(element, scope));
        } else if (node instanceof SqlCall call) {
            call(call, scope);
        }
    }

    private void call(SqlCall call, Scope scope) {
        if (call.getKind() == SqlKind.AS) {
            follow(call.operand(0), scope);
            return;
        }
        composed = true;
        String name = call.getOperator().getName().toUpperCase(Locale.ROOT);
        switch (call.getKind()) {
            case CAST, CASE, SELECT, WITH, ORDER_BY, UNION -> {}
            default -> {
                if (name.matches("\\w+")) {
                    // Of the same name with an argument that says which time.
                    boolean clock = !name.equals("UNIX_TIMESTAMP") || call.operandCount() == 0;
                    calls.add(clock ? name : "TO_" + name);
                }
            }
        }
        for (SqlNode operand : call.getOperandList()) {
            follow(operand, scope);
        }
    }

    private void name(SqlIdentifier name, Scope scope) {
        if (name.isSimple() && BARE_FUNCTIONS.contains(name.getSimple().toUpperCase(Locale.ROOT))) {
            calls.add(name.getSimple().toUpperCase(Locale.ROOT));
            return;
        }
        Optional<Scope.Found> found = scope.find(name.names);
        if (found.isPresent() && found.get().source() instanceof Scope.OfQuery query) {
            Scope.items(query, found.get().column())
                    .forEach(item -> follow(item.getKey(), item.getValue()));
        } else if (found.isPresent() && found.get().source() instanceof Scope.OfArray array) {
            follow(array.array(), array.scope());
        } else if (found.isPresent()) {
            columns.add(
                    found.get().rest().isEmpty()
                            ? found.get().column()
                            : found.get().column() + "." + String.join(".", found.get().rest()));
        } else {
            columns.add(String.join(".", name.names));
        }
    }
}
