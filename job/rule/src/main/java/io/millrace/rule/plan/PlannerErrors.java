package io.millrace.rule.plan;

import io.millrace.common.DidYouMean;
import io.millrace.rule.RuleException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;

/** Says what Flink's planner complains of in words that help. Used by one thread. */
final class PlannerErrors {
    private static final Pattern FUNCTION =
            Pattern.compile("No match found for function signature (\\w+)\\(");
    private static final Pattern COLUMN =
            Pattern.compile(
                    "(?:Column|Field) '([^']+)' not found in (?:any table|table '[^']*')"
                            + "|(?:Unknown field|No field|Field) '([^']+)'");
    private static final Pattern FORMAT =
            Pattern.compile(
                    "(?s)Could not find any factory for identifier '([^']+)' that implements '[\\w.]*(?:Ser|Deser)ializationFormatFactory'.*?Available factory identifiers are:\\s*(.*)");
    private static final Pattern MISSING = Pattern.compile("Object '([^']+)' not found");

    private final Session session;
    private final TopicTables topics;

    PlannerErrors(Session session, TopicTables topics) {
        this.session = session;
        this.topics = topics;
    }

    /** An error in a rule. */
    RuleException of(Rule rule, RuntimeException failure) {
        RuleException plain = rule.error(failure);
        return hinted(plain, columns(rule), failure);
    }

    private RuleException hinted(RuleException plain, Set<String> columns, Throwable cause) {
        return new RuleException(
                plain.problems().stream()
                        .map(problem -> problem.withMessage(words(problem.message(), columns)))
                        .toList(),
                cause);
    }

    private String words(String message, Set<String> columns) {
        Matcher function = FUNCTION.matcher(message);
        if (function.find()) {
            return message + functionHint(function.group(1));
        }
        Matcher format = FORMAT.matcher(message);
        if (format.find()) {
            List<String> known = Stream.of(format.group(2).strip().split("\\s+")).sorted().toList();
            return "There is no format '%s'; there are %s.%s"
                    .formatted(
                            format.group(1),
                            String.join(", ", known),
                            DidYouMean.hint(known, format.group(1)));
        }
        Matcher missing = MISSING.matcher(message);
        if (missing.find()) {
            return message + tableHint(missing.group(1));
        }
        Matcher column = COLUMN.matcher(message);
        if (column.find() && !message.contains("did you mean")) {
            String name = column.group(1) != null ? column.group(1) : column.group(2);
            // Of a member the message has the way to it.
            String hint = DidYouMean.hint(columns, name.substring(name.lastIndexOf('.') + 1));
            return hint.isEmpty() ? message : message + "." + hint;
        }
        return message;
    }

    private String functionHint(String name) {
        List<String> known = List.of(session.tables().listFunctions());
        return known.stream().anyMatch(name::equalsIgnoreCase)
                ? ""
                : ". There is no function of that name." + DidYouMean.hint(known, name);
    }

    private String tableHint(String name) {
        Set<String> known = new TreeSet<>(List.of(session.tables().listTemporaryTables()));
        known.addAll(List.of(session.tables().listCatalogs()));
        return ". A topic stands in double quotes: \"%s\".%s"
                .formatted(name, DidYouMean.hint(known, name));
    }

    /** Names of columns, and of what is inside them, of the tables that a rule names. */
    private Set<String> columns(Rule rule) {
        Set<String> tables = new TreeSet<>(topics.paths(rule));
        List<String> temporary = List.of(session.tables().listTemporaryTables());
        rule.query()
                .accept(
                        new SqlBasicVisitor<Void>() {
                            @Override
                            public Void visit(SqlIdentifier name) {
                                if (name.isSimple() && isTable(name.getSimple(), temporary)) {
                                    tables.add(Session.quoted(name.getSimple()));
                                }
                                return null;
                            }
                        });
        Set<String> columns = new TreeSet<>();
        for (String table : tables) {
            try {
                for (Column column :
                        session.tables().from(table).getResolvedSchema().getColumns()) {
                    columns.add(column.getName());
                    addMembers(column.getDataType().getLogicalType(), columns);
                }
            } catch (RuntimeException unknown) {
                // Then there is nothing to suggest.
            }
        }
        return columns;
    }

    private boolean isTable(String name, List<String> temporary) {
        return temporary.contains(name) || List.of(session.tables().listTables()).contains(name);
    }

    private static void addMembers(LogicalType type, Set<String> names) {
        if (type instanceof RowType row) {
            row.getFields()
                    .forEach(
                            field -> {
                                names.add(field.getName());
                                addMembers(field.getType(), names);
                            });
        }
    }
}
