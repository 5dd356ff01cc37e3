package io.millrace.rule.plan;

import io.millrace.rule.payload.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.flink.table.catalog.Column;

/**
 * What can be named at a place of a rule's query: what the SELECT around it reads. For one rule.
 */
final class NamesAt {
    /**
     * Something that a SELECT reads.
     *
     * @param alias its name there; empty if it has none
     * @param topic the topic, if it is one
     * @param columns as far as they can be known
     */
    record Source(String alias, Optional<Topic> topic, List<Column> columns) {}

    private final Session session;
    private final TopicTables topics;
    private final Rule rule;
    private final MaskedText query;

    /**
     * @param query the rule's query, in which what is wrong may be hidden
     */
    NamesAt(Session session, TopicTables topics, Rule rule, MaskedText query) {
        this.session = session;
        this.topics = topics;
        this.rule = rule;
        this.query = query;
    }

    /** The innermost SELECT around a place. */
    Optional<SqlSelect> select(int offset) {
        List<SqlSelect> around = new ArrayList<>();
        rule.query()
                .accept(
                        new SqlBasicVisitor<Void>() {
                            @Override
                            public Void visit(SqlCall call) {
                                if (call instanceof SqlSelect select
                                        && rule.offset(call) <= offset
                                        && offset < rule.endOffset(call)) {
                                    around.add(select);
                                }
                                return super.visit(call);
                            }
                        });
        return around.isEmpty() ? Optional.empty() : Optional.of(around.get(around.size() - 1));
    }

    /** What the SELECT around a place reads. */
    List<Source> sources(int offset) {
        List<Source> sources = new ArrayList<>();
        select(offset).map(SqlSelect::getFrom).ifPresent(from -> add(from, "", sources));
        return sources;
    }

    private void add(SqlNode from, String alias, List<Source> sources) {
        if (from instanceof SqlJoin join) {
            add(join.getLeft(), "", sources);
            add(join.getRight(), "", sources);
        } else if (from.getKind() == SqlKind.AS) {
            List<SqlNode> operands = ((SqlCall) from).getOperandList();
            add(operands.get(0), ((SqlIdentifier) operands.get(1)).getSimple(), sources);
        } else {
            boolean table = from instanceof SqlIdentifier;
            List<Topic> inside = from.isA(SqlKind.QUERY) ? List.of() : topics(from);
            Optional<Topic> topic = inside.stream().findFirst();
            String name =
                    alias.isEmpty() && from instanceof SqlIdentifier named
                            ? named.names.get(named.names.size() - 1)
                            : alias;
            List<Column> columns =
                    columns(table && topic.isPresent() ? path(topic.get()) : text(from));
            // What is wrong may be in the call of a window function itself: then its topic counts.
            sources.add(
                    new Source(
                            name,
                            topic,
                            columns.isEmpty() && topic.isPresent()
                                    ? columns(path(topic.get()))
                                    : columns));
        }
    }

    /** A topic itself, or those that a window function reads. */
    private List<Topic> topics(SqlNode from) {
        List<Topic> found = new ArrayList<>();
        from.accept(
                new SqlBasicVisitor<Void>() {
                    @Override
                    public Void visit(SqlIdentifier name) {
                        topics.find(rule, name).ifPresent(found::add);
                        return null;
                    }
                });
        return found;
    }

    private String path(Topic topic) {
        return topics.table(topic).asSerializableString();
    }

    private List<Column> columns(String text) {
        try {
            return session.tables()
                    .sqlQuery(with() + "SELECT * FROM " + text)
                    .getResolvedSchema()
                    .getColumns();
        } catch (RuntimeException unknown) {
            return List.of();
        }
    }

    private String text(SqlNode from) {
        int start = rule.offset(from);
        String text = query.text(start, new QueryText(rule).closed(start, rule.endOffset(from)));
        return from.isA(SqlKind.QUERY) ? "(" + text + ")" : text;
    }

    /** The queries that the rule names before its own. */
    private String with() {
        return rule.query() instanceof SqlWith with
                ? query.text(rule.offset(with), rule.offset(with.body)).replaceAll("\\(\\s*$", "")
                : "";
    }
}
