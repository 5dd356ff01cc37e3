package io.millrace.rule.payload;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.SqlWithItem;

/**
 * What names mean inside one SELECT: the tables of its FROM by alias, and around it those of the
 * queries it stands in. Only as much as is needed to follow a column back to a topic's payload;
 * Flink's planner is the judge of everything else.
 */
final class Scope {

    /** Something in FROM that has columns. */
    sealed interface Source {}

    /** A topic. */
    record OfTopic(Topic topic) implements Source {}

    /**
     * A query in brackets, or one named in WITH.
     *
     * @param names its columns where an alias list renames them, else empty
     */
    record OfQuery(List<Branch> branches, List<String> names) implements Source {}

    /** The elements of an array. */
    record OfArray(SqlNode array, Scope scope, List<String> names) implements Source {}

    /** One SELECT of a query; a UNION has several. */
    record Branch(SqlSelect select, Scope scope) {}

    /**
     * A column and what of it a name goes on to.
     *
     * @param column the column's name, or its number for an alias list
     * @param rest the members below it
     */
    record Found(Source source, String column, List<String> rest) {}

    private final Scope outer;
    private final Function<SqlIdentifier, Optional<Topic>> topics;
    private final Map<String, Source> sources = new HashMap<>();
    private final Map<String, Source> named = new HashMap<>();
    private int anonymous;

    private Scope(Scope outer, Function<SqlIdentifier, Optional<Topic>> topics) {
        this.outer = outer;
        this.topics = topics;
    }

    static Scope root(Function<SqlIdentifier, Optional<Topic>> topics) {
        return new Scope(null, topics);
    }

    /** The SELECTs that a query is made of, each with its own scope. */
    List<Branch> branches(SqlNode query) {
        if (query instanceof SqlSelect select) {
            Scope scope = new Scope(this, topics);
            if (select.getFrom() != null) {
                scope.addFrom(select.getFrom(), null, List.of());
            }
            return List.of(new Branch(select, scope));
        }
        if (query instanceof SqlOrderBy ordered) {
            return branches(ordered.query);
        }
        if (query instanceof SqlWith with) {
            Scope scope = new Scope(this, topics);
            for (SqlNode node : with.withList) {
                SqlWithItem item = (SqlWithItem) node;
                scope.named.put(
                        item.name.getSimple(),
                        new OfQuery(scope.branches(item.query), names(item.columnList)));
            }
            return scope.branches(with.body);
        }
        List<Branch> all = new ArrayList<>();
        if (query instanceof SqlCall call && SqlKind.SET_QUERY.contains(query.getKind())) {
            call.getOperandList().forEach(operand -> all.addAll(branches(operand)));
        }
        return all;
    }

    private void addFrom(SqlNode from, String alias, List<String> names) {
        switch (from.getKind()) {
            case AS -> {
                List<SqlNode> operands = ((SqlCall) from).getOperandList();
                List<String> renamed =
                        operands.stream()
                                .skip(2)
                                .map(node -> ((SqlIdentifier) node).getSimple())
                                .toList();
                addFrom(operands.get(0), ((SqlIdentifier) operands.get(1)).getSimple(), renamed);
            }
            case JOIN -> {
                SqlJoin join = (SqlJoin) from;
                addFrom(join.getLeft(), null, List.of());
                addFrom(join.getRight(), null, List.of());
            }
            case IDENTIFIER -> addTable((SqlIdentifier) from, alias);
            case SELECT, ORDER_BY, WITH, UNION, INTERSECT, EXCEPT ->
                    add(alias, new OfQuery(branches(from), names));
            case UNNEST ->
                    add(alias, new OfArray(((SqlCall) from).operand(0), this, List.copyOf(names)));
            default -> {
                // A hint, LATERAL, a time travel or TABLE(TUMBLE(TABLE t, …)): look inside.
                if (from instanceof SqlBasicCall || from instanceof SqlCall) {
                    for (SqlNode operand : ((SqlCall) from).getOperandList()) {
                        if (operand instanceof SqlCall call || operand instanceof SqlIdentifier) {
                            addInner(operand, alias, names);
                        }
                    }
                }
            }
        }
    }

    private void addInner(SqlNode operand, String alias, List<String> names) {
        if (operand instanceof SqlIdentifier table) {
            if (topics.apply(table).isPresent() || lookUpNamed(table) != null) {
                addTable(table, alias);
            }
        } else {
            addFrom(operand, alias, names);
        }
    }

    private void addTable(SqlIdentifier table, String alias) {
        String name = alias != null ? alias : table.names.get(table.names.size() - 1);
        Source query = lookUpNamed(table);
        if (query != null) {
            add(name, query);
        } else {
            topics.apply(table).ifPresent(topic -> add(name, new OfTopic(topic)));
        }
    }

    private Source lookUpNamed(SqlIdentifier table) {
        for (Scope scope = this; scope != null && table.isSimple(); scope = scope.outer) {
            Source source = scope.named.get(table.getSimple());
            if (source != null) {
                return source;
            }
        }
        return null;
    }

    private void add(String alias, Source source) {
        sources.put(alias != null ? alias : "\0" + anonymous++, source);
    }

    private static List<String> names(SqlNodeList list) {
        return list == null ? List.of() : SqlIdentifier.simpleNames(list);
    }

    /** The sources of this SELECT's FROM. */
    Iterable<Source> sources() {
        return sources.values();
    }

    /** What a name means here, if it leads to a source that is known. */
    Optional<Found> find(List<String> names) {
        for (Scope scope = this; scope != null; scope = scope.outer) {
            Source byAlias = scope.sources.get(names.get(0));
            if (byAlias != null && names.size() > 1) {
                return Optional.of(
                        new Found(byAlias, names.get(1), names.subList(2, names.size())));
            }
            for (Source source : scope.sources.values()) {
                if (has(source, names.get(0))) {
                    return Optional.of(
                            new Found(source, names.get(0), names.subList(1, names.size())));
                }
            }
        }
        return Optional.empty();
    }

    private static boolean has(Source source, String column) {
        if (source instanceof OfTopic ofTopic) {
            return column.equals(Topic.PAYLOAD) || ofTopic.topic().column(column) != null;
        }
        if (source instanceof OfArray array) {
            return array.names().contains(column);
        }
        OfQuery query = (OfQuery) source;
        return !items(query, column).isEmpty();
    }

    /** The expressions behind a query's column, one for each of its SELECTs. */
    static List<Map.Entry<SqlNode, Scope>> items(OfQuery query, String column) {
        List<Map.Entry<SqlNode, Scope>> items = new ArrayList<>();
        for (Branch branch : query.branches()) {
            SqlNodeList list = branch.select().getSelectList();
            for (int i = 0; i < list.size(); i++) {
                String name = i < query.names().size() ? query.names().get(i) : nameOf(list.get(i));
                if (column.equals(name)) {
                    items.add(Map.entry(list.get(i), branch.scope()));
                }
            }
        }
        return items;
    }

    /** The name of an item; null if it has none. */
    static String nameOf(SqlNode item) {
        if (item.getKind() == SqlKind.AS) {
            return ((SqlIdentifier) ((SqlCall) item).operand(1)).getSimple();
        }
        if (item instanceof SqlIdentifier identifier && !identifier.isStar()) {
            return identifier.names.get(identifier.names.size() - 1);
        }
        return null;
    }
}
