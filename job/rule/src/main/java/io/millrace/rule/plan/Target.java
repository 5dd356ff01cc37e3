package io.millrace.rule.plan;

import io.millrace.rule.RuleException;
import io.millrace.rule.operator.EmqxFunction;
import java.util.List;
import java.util.Optional;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ObjectIdentifier;
import org.apache.flink.table.types.logical.LogicalType;

/** What a rule writes, and which of its columns, in the order of the rule's query. */
interface Target {
    /**
     * Finds a rule's target: a topic if the name is one as it would be behind FROM, else a table.
     *
     * @throws RuleException if there is no such table or column
     */
    static Target of(Session session, TopicNames topics, Rule rule) {
        ObjectIdentifier path =
                Session.qualify(rule.target().names, rule.catalog(), rule.database());
        Optional<TopicNames.Found> topic = topics.find(rule, rule.target(), path);
        if (topic.isEmpty()) {
            Optional<CheckedCatalog> checked = session.checked(path.getCatalogName());
            return checked.isPresent() && !checked.get().knows(path.toObjectPath())
                    ? new UnknownTarget(rule, path, checked.map(CheckedCatalog::options))
                    : TableTarget.of(session, rule, path);
        }
        return topic.get().declaration().isPresent()
                ? TableTarget.of(session, rule, topic.get().path())
                : TopicTarget.of(rule, topic.get());
    }

    /** Whether its columns are known; else it takes what the rule gives. */
    default boolean isKnown() {
        return true;
    }

    /** The columns that are written, in the order of the rule's query. */
    List<Column> written();

    /** The connector that writes it, if its options are known here. */
    Optional<String> connector();

    /** Whether the sink checks and converts numbers itself. */
    boolean checksNumbers();

    /** Whether the table takes dead letters in the column {@link #letterColumn}. */
    boolean keepsLetters();

    /**
     * The name to insert into.
     *
     * @param columns those that are written, of {@link #written}
     * @param types the types to write these columns with, in their order
     * @param letters whether the table has the column {@link #letterColumn}
     */
    String register(
            Session session,
            Rule rule,
            List<Column> columns,
            List<LogicalType> types,
            boolean letters);

    /** The name of the column for dead letters; no other column has it. */
    default String letterColumn() {
        String name = EmqxFunction.DEAD_LETTER;
        while (hasColumn(name)) {
            name = "_" + name;
        }
        return name;
    }

    /** Whether the table has a column of this name, written or not. */
    boolean hasColumn(String name);
}
