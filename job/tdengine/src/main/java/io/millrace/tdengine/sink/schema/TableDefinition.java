package io.millrace.tdengine.sink.schema;

import io.millrace.common.Problems;
import io.millrace.tdengine.client.SqlText;
import io.millrace.tdengine.client.TargetColumn;
import io.millrace.tdengine.client.TargetTable;
import io.millrace.tdengine.sink.row.RowPlan;
import io.millrace.tdengine.sink.row.ValueSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.flink.table.types.logical.LogicalTypeFamily;

/**
 * What a table should look like so that a plan's rows fit.
 *
 * @param superTable whether it is a super table
 * @param columns the time first, tags last
 */
record TableDefinition(boolean superTable, List<TargetColumn> columns) {
    private static final String USUAL_TIME = "ts";

    TableDefinition {
        columns = List.copyOf(columns);
    }

    /**
     * Derives the definition.
     *
     * @return null if there are problems
     */
    static TableDefinition of(RowPlan plan, SchemaEvolution evolution, Problems problems) {
        List<RowPlan.Binding> bindings = plan.bindings();
        if (bindings.stream().anyMatch(binding -> binding.name() == null)) {
            problems.add(
                    "Option 'schema.evolution' is '"
                            + evolution.mode()
                            + "', and the template names no columns or tags. Name them:"
                            + " INSERT INTO t (ts, ...) VALUES (...).");
            return null;
        }
        RowPlan.Binding time = time(bindings, evolution);
        if (time == null) {
            problems.add(
                    "Option 'schema.evolution' is '"
                            + evolution.mode()
                            + "', and no column can be the time of a row. Name it 'ts' or give it"
                            + " type TIMESTAMP.");
            return null;
        }
        List<TargetColumn> columns = new ArrayList<>();
        columns.add(
                ColumnTypes.column(time.name(), time.value(), TargetColumn.Role.TIME)
                        .orElseThrow());
        boolean superTable = plan.destination() instanceof RowPlan.SuperTable;
        addAll(columns, bindings, TargetColumn.Role.VALUE, time, evolution, problems);
        addAll(columns, bindings, TargetColumn.Role.TAG, time, evolution, problems);
        boolean tagged = columns.stream().anyMatch(TargetColumn::isTag);
        problems.require(
                tagged || !superTable,
                "Option 'schema.evolution' is '"
                        + evolution.mode()
                        + "', and it is not known which columns are tags of the super table. Give"
                        + " option 'tags', such as 'clientid;site'.");
        problems.require(
                columns.stream().filter(c -> !c.isTag()).count() > 1,
                "Option 'schema.evolution' is '"
                        + evolution.mode()
                        + "', and there is no column beside the time, which TDengine demands.");
        return new TableDefinition(superTable, columns);
    }

    private static RowPlan.Binding time(List<RowPlan.Binding> bindings, SchemaEvolution evolution) {
        List<RowPlan.Binding> columns =
                bindings.stream()
                        .filter(b -> role(b, evolution) == TargetColumn.Role.VALUE)
                        .toList();
        Optional<RowPlan.Binding> usual =
                columns.stream().filter(b -> b.name().equalsIgnoreCase(USUAL_TIME)).findFirst();
        return usual.or(() -> columns.stream().filter(TableDefinition::isTime).findFirst())
                .or(
                        () ->
                                // The first column of a template is the time in TDengine, too.
                                columns.stream()
                                        .filter(b -> b.part() == RowPlan.Part.COLUMN)
                                        .findFirst())
                .orElse(null);
    }

    private static boolean isTime(RowPlan.Binding binding) {
        return binding.value() instanceof ValueSource.Moment
                || binding.value() instanceof ValueSource.Field field
                        && field.type().is(LogicalTypeFamily.TIMESTAMP);
    }

    private static TargetColumn.Role role(RowPlan.Binding binding, SchemaEvolution evolution) {
        boolean tag =
                binding.part() == RowPlan.Part.TAG
                        || binding.part() == RowPlan.Part.ANY && evolution.isTag(binding.name());
        return tag ? TargetColumn.Role.TAG : TargetColumn.Role.VALUE;
    }

    private static void addAll(
            List<TargetColumn> columns,
            List<RowPlan.Binding> bindings,
            TargetColumn.Role role,
            RowPlan.Binding time,
            SchemaEvolution evolution,
            Problems problems) {
        for (RowPlan.Binding binding : bindings) {
            if (binding == time || role(binding, evolution) != role) {
                continue;
            }
            ColumnTypes.column(binding.name(), binding.value(), role)
                    .ifPresentOrElse(
                            columns::add,
                            () ->
                                    problems.add(
                                            "Option 'schema.evolution' is '"
                                                    + evolution.mode()
                                                    + "', and no type of TDengine is known for"
                                                    + " column '"
                                                    + binding.name()
                                                    + "' with "
                                                    + binding.value().describe()
                                                    + ". Leave it out, or CAST it to STRING."));
        }
    }

    /** The statement that makes the table if it is missing. */
    String createStatement(String database, String table) {
        String columnList = list(columns.stream().filter(column -> !column.isTag()).toList());
        String tagList = list(columns.stream().filter(TargetColumn::isTag).toList());
        return (superTable ? "CREATE STABLE" : "CREATE TABLE")
                + " IF NOT EXISTS "
                + qualified(database, table)
                + columnList
                + (superTable ? " TAGS" + tagList : "");
    }

    private static String list(List<TargetColumn> columns) {
        return columns.stream()
                .map(TableDefinition::definition)
                .collect(Collectors.joining(", ", " (", ")"));
    }

    /** What a table lacks of this. */
    List<TargetColumn> missingFrom(TargetTable table) {
        return columns.stream()
                .filter(column -> column.role() != TargetColumn.Role.TIME)
                .filter(column -> table.column(column.name()).isEmpty())
                .toList();
    }

    /** The statement that adds a column or tag. */
    static String addStatement(TargetTable table, TargetColumn column) {
        return alter(table) + (column.isTag() ? " ADD TAG " : " ADD COLUMN ") + definition(column);
    }

    /** The statement that makes a column or tag as wide as given. */
    static String widenStatement(TargetTable table, TargetColumn column) {
        return alter(table)
                + (column.isTag() ? " MODIFY TAG " : " MODIFY COLUMN ")
                + definition(column);
    }

    private static String alter(TargetTable table) {
        return (table.isSuperTable() ? "ALTER STABLE " : "ALTER TABLE ")
                + qualified(table.database(), table.name());
    }

    private static String qualified(String database, String table) {
        return SqlText.name(database) + "." + SqlText.name(table);
    }

    private static String definition(TargetColumn column) {
        return SqlText.name(column.name()) + " " + column.describeType();
    }
}
