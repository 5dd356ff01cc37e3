package io.millrace.tdengine.sink.row;

import io.millrace.common.DidYouMean;
import io.millrace.common.Problems;
import io.millrace.tdengine.client.TargetColumn;
import io.millrace.tdengine.client.TargetTable;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Joins what the user wants with what the server has. Stateless but for one call. */
public final class RowBinder {
    private final RowPlan plan;
    private final TargetTable target;
    private final EncodingRules rules;
    private final Clock clock;
    private final Problems problems = new Problems();
    private final Map<TargetColumn, RowPlan.Binding> bound = new LinkedHashMap<>();

    private RowBinder(RowPlan plan, TargetTable target, EncodingRules rules, Clock clock) {
        this.plan = plan;
        this.target = target;
        this.rules = rules;
        this.clock = clock;
    }

    /**
     * Makes the encoder.
     *
     * @throws IllegalArgumentException naming everything that does not fit, what the table has and
     *     what to do
     */
    public static RowEncoder bind(
            RowPlan plan, TargetTable target, EncodingRules rules, Clock clock) {
        return new RowBinder(plan, target, rules, clock).bind();
    }

    private RowEncoder bind() {
        checkKind();
        plan.bindings().forEach(this::bind);
        ValueEncoders encoders = new ValueEncoders(target.precision(), rules, clock);
        List<RowEncoder.Column> columns = new ArrayList<>();
        List<RowEncoder.Column> tags = new ArrayList<>();
        bound.forEach(
                (column, binding) ->
                        encoders.find(binding.value(), column)
                                .ifPresentOrElse(
                                        encoder ->
                                                (column.isTag() ? tags : columns)
                                                        .add(column(column, binding, encoder)),
                                        () -> problems.add(doesNotFit(binding.value(), column))));
        checkKey();
        checkName();
        problems.throwIfAny(IllegalArgumentException::new);

        columns.removeIf(column -> column.target().role() == TargetColumn.Role.TIME);
        columns.sort(
                Comparator.comparing(column -> column.target().role() != TargetColumn.Role.KEY));
        return new RowEncoder(
                target,
                namer(),
                target.isSuperTable() ? TagsEncoder.of(target, tags) : TagsEncoder.none(),
                TimeReader.of(
                        bound.get(target.timeColumn()).value(), target.precision(), rules, clock),
                columns,
                rules,
                clock);
    }

    private static RowEncoder.Column column(
            TargetColumn column, RowPlan.Binding binding, ValueEncoder encoder) {
        return new RowEncoder.Column(
                column, binding.required() ? required(binding, encoder) : encoder);
    }

    private static ValueEncoder required(RowPlan.Binding binding, ValueEncoder encoder) {
        String undefined =
                binding.value().describe()
                        + " is undefined or NULL; with 'undefined-vars-as-null' = 'true' it would"
                        + " be written as NULL";
        return (row, out) -> {
            if (!encoder.encode(row, out)) {
                throw new RowRejectedException(undefined);
            }
            return true;
        };
    }

    private void checkKind() {
        boolean wantsSuperTable = plan.destination() instanceof RowPlan.SuperTable;
        if (wantsSuperTable && !target.isSuperTable()) {
            problems.add(what() + " is no super table. Use option 'table' for it.");
        }
        if (!wantsSuperTable && target.isSuperTable()) {
            problems.add(
                    what()
                            + " is a super table; rows go to its sub-tables. Use option"
                            + " 'super-table' for it.");
        }
    }

    private void bind(RowPlan.Binding binding) {
        Optional<TargetColumn> found = find(binding);
        if (found.isEmpty()) {
            problems.add(notFound(binding));
            return;
        }
        TargetColumn column = found.get();
        if (column.isTag() && !target.isSuperTable()) {
            problems.add(
                    "Column '"
                            + column.name()
                            + "' is a tag of "
                            + what()
                            + "; tags are written through the super table only. Leave it out or"
                            + " write to the super table.");
        } else if (bound.putIfAbsent(column, binding) != null) {
            problems.add("Column '" + column.name() + "' of " + what() + " is given twice.");
        }
    }

    private Optional<TargetColumn> find(RowPlan.Binding binding) {
        if (binding.name() != null) {
            return target.column(binding.name())
                    .filter(
                            column ->
                                    binding.part() == RowPlan.Part.ANY
                                            || column.isTag()
                                                    == (binding.part() == RowPlan.Part.TAG));
        }
        return target.columns().stream()
                .filter(column -> column.isTag() == (binding.part() == RowPlan.Part.TAG))
                .skip(binding.position())
                .findFirst();
    }

    private String notFound(RowPlan.Binding binding) {
        String part = binding.part() == RowPlan.Part.TAG ? "Tag" : "Column";
        if (binding.name() == null) {
            return part
                    + " number "
                    + (binding.position() + 1)
                    + " is not in "
                    + what()
                    + "; it has "
                    + target.describeColumns()
                    + ".";
        }
        List<String> names = target.columns().stream().map(TargetColumn::name).toList();
        return part
                + " '"
                + binding.name()
                + "' is not in "
                + what()
                + "; it has "
                + target.describeColumns()
                + "."
                + DidYouMean.hint(names, binding.name());
    }

    private String doesNotFit(ValueSource source, TargetColumn column) {
        String type =
                source instanceof ValueSource.Field field
                        ? field.type().asSummaryString()
                        : source.describe();
        return "Column '"
                + column.name()
                + "' of "
                + what()
                + " is "
                + column.describeType()
                + "; a value of "
                + type
                + " cannot be stored there.";
    }

    private void checkKey() {
        for (TargetColumn column : target.columns()) {
            boolean key =
                    column.role() == TargetColumn.Role.TIME
                            || column.role() == TargetColumn.Role.KEY;
            if (key && !bound.containsKey(column)) {
                problems.add(
                        "Column '"
                                + column.name()
                                + "' of "
                                + what()
                                + " is part of the key and gets no value. Add it.");
            }
        }
    }

    private void checkName() {
        boolean allTags = target.tags().stream().allMatch(bound::containsKey);
        if (plan.destination() instanceof RowPlan.SuperTable superTable
                && superTable.subTable() instanceof RowPlan.NameFromTags
                && !allTags) {
            problems.add(
                    "Sub-tables of "
                            + what()
                            + " are named by all their tags, and not all tags get a value. Give"
                            + " option 'sub-table', such as 'd_${clientid}', or a column 'tbname'.");
        }
    }

    private TableNamer namer() {
        if (plan.destination() instanceof RowPlan.SuperTable superTable) {
            boolean allTags = target.tags().stream().allMatch(bound::containsKey);
            return TableNamer.of(
                    superTable.subTable(),
                    target.name(),
                    allTags
                            ? target.tags().stream().map(tag -> bound.get(tag).value()).toList()
                            : List.of());
        }
        return row -> target.name();
    }

    private String what() {
        return (target.isSuperTable() ? "super table '" : "table '")
                + target.database()
                + "."
                + target.name()
                + "'";
    }
}
