package io.millrace.rule.emqx.convert;

import io.millrace.rule.emqx.EmqxRule;
import io.millrace.rule.emqx.syntax.Expr;
import io.millrace.rule.emqx.syntax.Field;
import io.millrace.rule.emqx.syntax.RuleStatement;
import io.millrace.rule.emqx.syntax.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Converts EMQX rules. */
public final class FlinkConverter {
    private final Remarks remarks = new Remarks();
    private final NameScope names = new NameScope(remarks);
    private final FlinkExpressions expressions = new FlinkExpressions(names, remarks);
    private final List<String> items = new ArrayList<>();
    private final List<String> columns = new ArrayList<>();
    private final List<String> conditions = new ArrayList<>();
    private boolean star;

    private FlinkConverter() {}

    /** Converts a rule. */
    public static Conversion convert(EmqxRule rule) {
        return new FlinkConverter().convert(rule.statement());
    }

    private Conversion convert(RuleStatement statement) {
        Optional<String> unnest = Optional.empty();
        if (statement.foreach()) {
            unnest = iterate(statement);
        } else {
            fields(statement.fields(), true);
            statement.where().ifPresent(this::where);
            HiddenPayload.remark(statement, remarks);
        }
        List<String> queries = new ArrayList<>();
        for (RuleStatement.Source source : statement.sources()) {
            queries.add(query(source, unnest));
        }
        if (queries.size() > 1) {
            remarks.differs(
                    statement.sources().get(1).offset(),
                    "A message that several topic filters match gives one row in EMQX, and here one"
                            + " row for each of them.");
        }
        return new Conversion(
                String.join("\nUNION ALL\n", queries),
                star ? List.of() : columns,
                remarks.sorted());
    }

    private String query(RuleStatement.Source source, Optional<String> unnest) {
        return "SELECT "
                + (items.isEmpty() ? "*" : String.join(", ", items))
                + "\nFROM "
                + Identifiers.topic(source.name())
                + unnest.orElse("")
                + (conditions.isEmpty()
                        ? ""
                        : "\nWHERE "
                                + conditions.stream()
                                        .map(
                                                condition ->
                                                        conditions.size() == 1
                                                                ? condition
                                                                : "(" + condition + ")")
                                        .collect(Collectors.joining(" AND ")));
    }

    private void where(Expr condition) {
        try {
            conditions.add(expressions.condition(condition));
        } catch (Untranslatable e) {
            remarks.missing(e.offset(), "The condition is left out: " + e.getMessage());
        }
    }

    private void fields(List<Field> fields, boolean output) {
        for (Field field : fields) {
            if (field instanceof Field.Item item) {
                item(item, output);
            } else {
                star = true;
                items.add("*");
                remarks.differs(
                        field.offset(),
                        "* gives the columns of the topic table, with the payload decoded; EMQX's"
                                + " are others, with the payload as text.");
            }
        }
    }

    private void item(Field.Item item, boolean output) {
        String name = name(item, columns.size() + 1);
        String sql;
        try {
            sql = expressions.write(item.value());
        } catch (Untranslatable e) {
            remarks.missing(e.offset(), "Column '%s' is NULL: %s".formatted(name, e.getMessage()));
            sql = "CAST(NULL AS STRING)";
        }
        if (item.alias().isPresent()) {
            boolean path = item.value() instanceof Expr.Path;
            names.alias(item.alias().get(), path, path ? sql : "(" + sql + ")");
        }
        if (output) {
            columns.add(name);
            String quoted = Identifiers.name(name);
            items.add(sql.equals(quoted) ? sql : sql + " AS " + quoted);
        }
    }

    private String name(Field.Item item, int position) {
        Optional<Expr.Path> path = item.alias();
        if (path.isEmpty() && item.value() instanceof Expr.Path value) {
            path = Optional.of(value);
        }
        if (path.isEmpty()) {
            remarks.differs(
                    item.offset(),
                    "Without an alias EMQX gives the column a name that nobody can know.");
            return "column" + position;
        }
        if (path.get().isName()) {
            return path.get().root();
        }
        String name = path.get().root();
        for (Step step : path.get().steps()) {
            name = step instanceof Step.Key key ? key.name() : name;
        }
        remarks.differs(
                path.get().offset(),
                "EMQX makes a map of '%s' and what is below it; here column '%s' is flat."
                        .formatted(path.get().root(), name));
        return name;
    }

    /** FOREACH is a join of the message with the elements of its array. */
    private Optional<String> iterate(RuleStatement statement) {
        List<Field> list = statement.fields();
        fields(list.subList(0, list.size() - 1), false);
        Field.Item last = (Field.Item) list.get(list.size() - 1);
        String element = last.alias().map(Expr.Path::root).orElse("item");
        String array;
        try {
            array = expressions.write(last.value());
        } catch (Untranslatable e) {
            remarks.missing(e.offset(), "FOREACH is left out: " + e.getMessage());
            return Optional.empty();
        }
        statement.where().ifPresent(this::where);
        names.element(element);
        statement.incase().ifPresent(this::where);
        if (statement.output().isPresent()) {
            fields(statement.output().get(), true);
        } else {
            star = true;
            remarks.differs(
                    last.offset(), "Without DO EMQX gives all columns and the element; * differs.");
        }
        if (last.value() instanceof Expr.Path) {
            remarks.differs(
                    last.offset(),
                    "Flink needs the type of the array: declare it before the rule, such as"
                            + " '-- schema: readings ARRAY<ROW<k STRING, v DOUBLE>>'.");
        }
        if (names.readsWholeElement() && names.readsMembers()) {
            remarks.missing(
                    last.offset(),
                    "The element is used as a whole and by members; Flink has either of them.");
        }
        String quoted = Identifiers.name(element);
        return Optional.of(
                "\nCROSS JOIN UNNEST(%s) AS %s"
                        .formatted(
                                array,
                                names.readsWholeElement() ? "elements (" + quoted + ")" : quoted));
    }
}
