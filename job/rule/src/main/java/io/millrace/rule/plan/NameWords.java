package io.millrace.rule.plan;

import io.millrace.common.DidYouMean;
import io.millrace.rule.payload.Topic;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.StructuredType;

/** Says of a name that the planner does not find what there is instead. For one rule. */
final class NameWords {
    private static final Pattern PART = Pattern.compile("`((?:[^`]|``)*)`|([^.`\\s]+)");
    private static final Pattern BEFORE_TABLE =
            Pattern.compile("(?is).*\\b(TUMBLE|HOP|CUMULATE|SESSION)\\s*\\(\\s*$");
    private static final List<String> TYPES =
            List.of(
                    "BOOLEAN",
                    "TINYINT",
                    "SMALLINT",
                    "INT",
                    "BIGINT",
                    "FLOAT",
                    "DOUBLE",
                    "DECIMAL",
                    "STRING",
                    "VARCHAR",
                    "CHAR",
                    "BYTES",
                    "DATE",
                    "TIME",
                    "TIMESTAMP",
                    "TIMESTAMP_LTZ");

    private final Session session;
    private final TopicTables topics;
    private final Rule rule;
    private final NamesAt names;

    NameWords(Session session, TopicTables topics, Rule rule, NamesAt names) {
        this.session = session;
        this.topics = topics;
        this.rule = rule;
        this.names = names;
    }

    /**
     * What to say.
     *
     * @param start where the planner says it is, in the rule's file
     * @param end the offset after that
     */
    Words of(PlannerFailure failure, int start, int end) {
        String text = rule.queryText().substring(start, end);
        return switch (failure.kind()) {
            case FUNCTION -> function(failure, text);
            case TYPE -> type(failure.name());
            case TABLE -> table(failure.name());
            case AMBIGUOUS -> ambiguous(failure.name(), start);
            default -> name(failure, start, text);
        };
    }

    private Words function(PlannerFailure failure, String text) {
        Set<String> known = new TreeSet<>(List.of(session.tables().listFunctions()));
        String name = failure.name();
        if (known.stream().anyMatch(name::equalsIgnoreCase)) {
            return Words.of(
                    "Function '%s' does not take these arguments: %s."
                            .formatted(
                                    name,
                                    failure.message()
                                            .substring(failure.message().indexOf('(') + 1)
                                            .replaceFirst("\\)$", "")
                                            .replaceAll("[<>]", "")),
                    "See the functions of the README and of Flink.");
        }
        Optional<String> meant = DidYouMean.among(known, name);
        return new Words(
                -1,
                "There is no function '%s'.".formatted(name),
                meant.map(NameWords::question).orElse("The README lists Millrace's functions."),
                meant.map(other -> text.replaceFirst("(?i)" + name, other)).orElse(""));
    }

    private static Words type(String name) {
        Optional<String> meant = DidYouMean.among(TYPES, name);
        return new Words(
                -1,
                "There is no type '%s'.".formatted(name),
                meant.map(NameWords::question)
                        .orElse("Types are %s and so on.".formatted(String.join(", ", TYPES))),
                meant.orElse("STRING"));
    }

    private Words table(String name) {
        Set<String> known = new TreeSet<>(List.of(session.tables().listTemporaryTables()));
        known.addAll(List.of(session.tables().listTables()));
        Optional<String> meant = DidYouMean.among(known, name);
        Set<String> others = new TreeSet<>(known);
        others.addAll(List.of(session.tables().listCatalogs()));
        return new Words(
                -1,
                "There is no table '%s'.".formatted(name),
                "A topic stands in double quotes: \"%s\".%s"
                        .formatted(name, DidYouMean.hint(others, name)),
                meant.map(Session::quoted).orElse(""));
    }

    private Words ambiguous(String name, int start) {
        List<String> ways =
                names.sources(start).stream()
                        .filter(source -> !source.alias().isEmpty())
                        .filter(
                                source ->
                                        source.columns().stream()
                                                .anyMatch(column -> column.getName().equals(name)))
                        .map(source -> shown(source.alias()) + "." + shown(name))
                        .toList();
        return new Words(
                -1,
                "'%s' is a column of more than one table here.".formatted(name),
                ways.isEmpty()
                        ? "Give the tables names with AS, and write name.%s.".formatted(name)
                        : "Write %s.".formatted(String.join(" or ", ways)),
                ways.isEmpty() ? "" : ways.get(0).replace('"', '`'));
    }

    private static String shown(String name) {
        return name.matches("\\w+") ? name : "\"" + name + "\"";
    }

    private Words name(PlannerFailure failure, int start, String text) {
        Optional<SqlSelect> select = names.select(start);
        if (select.isPresent() && select.get().getFrom() == null) {
            return noFrom(select.get());
        }
        List<String> parts = parts(text, failure.name());
        List<NamesAt.Source> sources = names.sources(start);
        Optional<NamesAt.Source> byAlias =
                sources.stream().filter(source -> source.alias().equals(parts.get(0))).findFirst();
        if (byAlias.isPresent() && parts.size() > 1) {
            return inside(List.of(byAlias.get()), parts, 1);
        }
        boolean quoted = parts.size() == 1 && text.startsWith("`");
        Words words = inside(sources, parts, 0);
        if (quoted && words.instead().isEmpty()) {
            return quoted(start, parts.get(0)).orElse(words);
        }
        return words;
    }

    private Words noFrom(SqlSelect select) {
        List<SqlNode> items = select.getSelectList();
        SqlNode last = items.get(items.size() - 1);
        String text = rule.text(last);
        Matcher topic = Pattern.compile("(?s).*\\s(`[^`]*`)").matcher(text);
        return topic.matches()
                ? Words.at(
                        rule.offset(last) + topic.start(1),
                        "FROM is missing in front of \"%s\"."
                                .formatted(topic.group(1).replace("`", "")),
                        "Write FROM.")
                : Words.at(
                        rule.offset(last),
                        "The query has no FROM, so it reads nothing.",
                        "Write FROM \"topic\" behind the columns.");
    }

    /** A name in double quotes that is no column was probably meant as something else. */
    private Optional<Words> quoted(int start, String name) {
        if (BEFORE_TABLE.matcher(rule.queryText().substring(0, start)).matches()) {
            return Optional.of(
                    Words.of(
                            "A window function reads a table, and the word TABLE is missing.",
                            "Write TABLE \"%s\".".formatted(name)));
        }
        return Optional.of(
                Words.of(
                        "There is no column '%s': double quotes are for names.".formatted(name),
                        "A text stands in single quotes: '%s'.".formatted(name)));
    }

    /**
     * @param from the number of the part that is a column
     */
    private Words inside(List<NamesAt.Source> sources, List<String> parts, int from) {
        String column = parts.get(from);
        for (NamesAt.Source source : sources) {
            for (Column known : source.columns()) {
                if (known.getName().equals(column)) {
                    return member(source, known.getDataType().getLogicalType(), parts, from + 1);
                }
            }
        }
        return column(sources, parts, from);
    }

    private Words member(NamesAt.Source source, LogicalType type, List<String> parts, int at) {
        String whole = String.join(".", parts.subList(0, at));
        if (at >= parts.size()) {
            return Words.of("'%s' cannot be used here.".formatted(whole), "");
        }
        List<String> members = members(type);
        String name = parts.get(at);
        int known = members.indexOf(name);
        if (known >= 0) {
            return member(source, children(type).get(known), parts, at + 1);
        }
        boolean payload = parts.get(at - 1).equals(Topic.PAYLOAD) && source.topic().isPresent();
        String owner =
                payload
                        ? "The payload of \"%s\"".formatted(source.topic().get().filter())
                        : "'%s'".formatted(whole);
        if (members.isEmpty()) {
            return Words.of(
                    "%s is %s and has no members."
                            .formatted(owner, type.copy(true).asSummaryString()),
                    "");
        }
        Optional<String> meant = like(members, name);
        String declared =
                source.topic()
                        .map(topics::declaredBy)
                        .filter(by -> parts.contains(Topic.PAYLOAD))
                        .orElse("");
        return new Words(
                -1,
                "%s has no member '%s'; its members are %s%s."
                        .formatted(owner, name, String.join(", ", members), declared),
                meant.map(NameWords::question)
                        .orElse(declared.isEmpty() ? "" : "Correct it here or add it there."),
                meant.map(other -> replaced(parts, at, other)).orElse(""));
    }

    private Words column(List<NamesAt.Source> sources, List<String> parts, int at) {
        String name = parts.get(at);
        Set<String> columns = new TreeSet<>();
        Set<String> members = new TreeSet<>();
        for (NamesAt.Source source : sources) {
            for (Column column : source.columns()) {
                columns.add(column.getName());
                if (column.getName().equals(Topic.PAYLOAD)) {
                    members.addAll(members(column.getDataType().getLogicalType()));
                }
            }
        }
        boolean prefix = at == 0 && parts.size() > 1;
        if (prefix) {
            sources.forEach(source -> columns.add(source.alias()));
            columns.remove("");
        }
        Optional<String> meant = like(columns, name);
        Optional<String> member =
                at == 0 && parts.size() == 1 ? like(members, name) : Optional.empty();
        String where =
                sources.size() == 1 && sources.get(0).topic().isPresent()
                        ? " in \"%s\"".formatted(sources.get(0).topic().get().filter())
                        : "";
        String there =
                columns.isEmpty() || meant.isPresent() || member.isPresent()
                        ? ""
                        : "; there are %s".formatted(String.join(", ", columns));
        // Flink finds members without the word payload, but only where a schema tells of them.
        boolean mayBeMember =
                at == 0 && !prefix && members.isEmpty() && columns.contains(Topic.PAYLOAD);
        String remedy =
                meant.map(NameWords::question)
                        .or(() -> member.map(m -> question("payload." + m)))
                        .orElse(
                                mayBeMember
                                        ? "A member of the payload is written payload.%s."
                                                .formatted(name)
                                        : "");
        String instead =
                meant.isEmpty()
                        ? member.map(m -> "payload." + Session.quoted(m)).orElse("")
                        : replaced(parts, at, meant.get());
        return new Words(
                -1,
                "There is no %s '%s'%s%s."
                        .formatted(prefix ? "column or table" : "column", name, where, there),
                remedy,
                instead);
    }

    /** Names of columns are short, and one letter may be wrong in all of them. */
    private static Optional<String> like(Collection<String> known, String name) {
        return name.length() == 2
                ? DidYouMean.among(known, name, 1)
                : DidYouMean.among(known, name);
    }

    private static String question(String meant) {
        return "Did you mean '%s'?".formatted(meant);
    }

    private static String replaced(List<String> parts, int at, String other) {
        List<String> all = new ArrayList<>(parts);
        all.set(at, other);
        return String.join(".", all.stream().map(Session::quoted).toList());
    }

    private static List<String> parts(String text, String byPlanner) {
        if (!text.matches("(?s)(`[^`]*`|[\\w$]+)(\\s*\\.\\s*(`[^`]*`|[\\w$]+))*")) {
            return List.of(byPlanner.split("\\."));
        }
        List<String> parts = new ArrayList<>();
        Matcher part = PART.matcher(text);
        while (part.find()) {
            parts.add(part.group(1) != null ? part.group(1) : part.group(2));
        }
        return parts;
    }

    private static List<String> members(LogicalType type) {
        return type instanceof RowType row
                ? row.getFieldNames()
                : type instanceof StructuredType structured
                        ? structured.getAttributes().stream()
                                .map(StructuredType.StructuredAttribute::getName)
                                .toList()
                        : List.of();
    }

    private static List<LogicalType> children(LogicalType type) {
        return type.getChildren();
    }
}
