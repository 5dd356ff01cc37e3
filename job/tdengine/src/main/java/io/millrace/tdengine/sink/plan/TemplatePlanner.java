package io.millrace.tdengine.sink.plan;

import io.millrace.common.Problems;
import io.millrace.tdengine.sink.row.RowPlan;
import io.millrace.tdengine.sink.row.ValueSource;
import io.millrace.tdengine.template.SqlTemplate;
import io.millrace.tdengine.template.SqlTemplateException;
import io.millrace.tdengine.template.TemplateName;
import io.millrace.tdengine.template.TemplateValue;
import io.millrace.tdengine.template.TextPart;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.types.logical.RowType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Plans rows whose places are said by an SQL template. For one template. */
public final class TemplatePlanner {
    private static final Logger LOG = LoggerFactory.getLogger(TemplatePlanner.class);

    private final Fields fields;
    private final boolean undefinedAsNull;
    private final Problems problems;

    private TemplatePlanner(Fields fields, boolean undefinedAsNull, Problems problems) {
        this.fields = fields;
        this.undefinedAsNull = undefinedAsNull;
        this.problems = problems;
    }

    /**
     * Plans rows: of each incoming row as many are written as there are plans, all into one
     * database.
     *
     * @param database where the template's table is, if the template does not say; may be null
     * @param withValue positions of the columns that the statement gives a value
     * @return none if there are problems
     */
    public static List<RowPlan> plan(
            String sql,
            String database,
            RowType rowType,
            java.util.Set<Integer> withValue,
            boolean undefinedAsNull,
            Problems problems) {
        List<SqlTemplate> rows;
        try {
            rows = SqlTemplate.parse(sql);
        } catch (SqlTemplateException e) {
            problems.add("Option 'sql': " + e.getMessage());
            return List.of();
        }
        String stated = rows.get(0).database();
        String where = stated != null ? stated : database;
        if (where == null) {
            problems.add(
                    "Option 'sql' does not say the table's database; write INSERT INTO database.table"
                            + " or give option 'database'.");
            return List.of();
        }
        TemplatePlanner planner =
                new TemplatePlanner(new Fields(rowType, withValue), undefinedAsNull, problems);
        return rows.stream().map(row -> planner.plan(row, where)).toList();
    }

    private RowPlan plan(SqlTemplate template, String database) {
        List<RowPlan.Binding> bindings = new ArrayList<>();
        SqlTemplate.SuperTable superTable = template.superTable();
        if (superTable != null) {
            bind(bindings, RowPlan.Part.TAG, superTable.tagNames(), superTable.tagValues());
        }
        // Without USING, the names before VALUES may be those of tags as well.
        RowPlan.Part part =
                superTable != null && superTable.tagValues().isEmpty()
                        ? RowPlan.Part.ANY
                        : RowPlan.Part.COLUMN;
        bind(bindings, part, template.columns(), template.values());
        return new RowPlan(database, destination(template), bindings);
    }

    private RowPlan.Destination destination(SqlTemplate template) {
        if (template.superTable() != null) {
            return new RowPlan.SuperTable(template.superTable().name(), naming(template.table()));
        }
        return template.table()
                .fixed()
                .<RowPlan.Destination>map(RowPlan.Table::new)
                .orElseGet(() -> new RowPlan.TablePerRow(naming(template.table())));
    }

    private RowPlan.Naming naming(TemplateName name) {
        return new RowPlan.NameTemplate(text(name.parts(), false), !name.caseKept());
    }

    private void bind(
            List<RowPlan.Binding> bindings,
            RowPlan.Part part,
            List<String> names,
            List<TemplateValue> values) {
        for (int i = 0; i < values.size(); i++) {
            TemplateValue value = values.get(i);
            bindings.add(
                    new RowPlan.Binding(
                            part,
                            names.isEmpty() ? null : names.get(i),
                            i,
                            source(value),
                            !undefinedAsNull && !(value instanceof TemplateValue.Literal)));
        }
    }

    private ValueSource source(TemplateValue value) {
        if (value instanceof TemplateValue.Literal literal) {
            return new ValueSource.Constant(literal.value());
        }
        if (value instanceof TemplateValue.Text text) {
            return text(text.parts(), undefinedAsNull);
        }
        if (value instanceof TemplateValue.Time time) {
            return new ValueSource.Moment(
                    time.value() == null ? null : source(time.value()),
                    time.base() == TemplateValue.Time.Base.TODAY,
                    time.offsetNanos());
        }
        TemplateValue.Placeholder placeholder = (TemplateValue.Placeholder) value;
        ValueSource field = field(placeholder.path(), undefinedAsNull);
        return placeholder.quoted() && field instanceof ValueSource.Field
                ? new ValueSource.Text(List.of(field))
                : field;
    }

    private ValueSource.Text text(List<TextPart> parts, boolean mayBeUndefined) {
        return new ValueSource.Text(
                parts.stream()
                        .map(
                                part ->
                                        part instanceof TextPart.Field f
                                                ? field(f.path(), mayBeUndefined)
                                                : new ValueSource.Constant(
                                                        ((TextPart.Fixed) part).text()))
                        .toList());
    }

    private ValueSource field(List<String> path, boolean mayBeUndefined) {
        try {
            return fields.find(path);
        } catch (IllegalArgumentException e) {
            if (mayBeUndefined) {
                LOG.warn("In option 'sql', {} It is written as NULL.", e.getMessage());
            } else {
                problems.add("Option 'sql': " + e.getMessage());
            }
            return new ValueSource.Constant(null);
        }
    }
}
