package io.millrace.rule.plan;

import io.millrace.rule.Problem;
import io.millrace.rule.check.Finding;
import io.millrace.rule.check.RowKey;
import io.millrace.rule.check.ValueFit;
import io.millrace.rule.payload.Origin;
import io.millrace.tdengine.client.TargetColumn;
import io.millrace.tdengine.client.TargetTable;
import io.millrace.tdengine.sink.SinkCheck;
import io.millrace.tdengine.sink.TDengineSinkSettings;
import io.millrace.tdengine.table.TDengineDynamicTableFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.flink.table.types.logical.RowType;

/** Compares a rule with the table of TDengine that it writes. For one rule. */
final class TargetInspection {
    private static final Pattern NAMED = Pattern.compile("^(?:Column|Tag) '([^']+)'");
    private static final String AT_LEAST_ONCE = "at-least-once";

    private final Session session;
    private final Findings findings;
    private final RulePlanner planner;
    private final Rule rule;
    private final Planned planned;
    private final boolean journal;

    /**
     * @param planner that planned the rule
     * @param journal whether all topics that it reads are kept in a journal
     */
    TargetInspection(
            Session session,
            Findings findings,
            RulePlanner planner,
            Rule rule,
            Planned planned,
            boolean journal) {
        this.session = session;
        this.findings = findings;
        this.planner = planner;
        this.rule = rule;
        this.planned = planned;
        this.journal = journal;
    }

    /** Tells what it finds. */
    void inspect(TableTarget target) {
        Optional<Map<String, String>> options = target.tdengineOptions();
        if (options.isEmpty()) {
            return;
        }
        Map<String, String> all = new LinkedHashMap<>(options.get());
        all.putAll(rule.options());
        Optional<TargetTable> table = session.described(target.path());
        if (table.isEmpty()) {
            findings.note(
                    rule,
                    rule.offset(rule.target()),
                    "The table is declared here, so it is not compared with the server's.");
            return;
        }
        RowType row = target.rowType(session, rule, planned.columns(), planned.types());
        TDengineSinkSettings settings;
        try {
            settings =
                    TDengineDynamicTableFactory.sinkSettings(
                            all,
                            row,
                            planned.columns().stream()
                                    .mapToInt(column -> row.getFieldIndex(column.getName()))
                                    .toArray());
        } catch (IllegalArgumentException e) {
            // Flink's planner, which asks for the same, tells it with the rule.
            return;
        }
        fit(settings, table.get());
        values(table.get());
        key(settings, table.get(), all);
    }

    private void fit(TDengineSinkSettings settings, TargetTable table) {
        for (String line : SinkCheck.problems(settings, table)) {
            Matcher named = NAMED.matcher(line);
            int at = named.find() ? place(named.group(1)) : rule.offset(rule.target());
            findings.add(rule.problem(Problem.Severity.ERROR, at, line));
        }
    }

    /** Where the rule lists a column, else its target. */
    private int place(String column) {
        return rule.columns().orElse(List.of()).stream()
                .filter(name -> name.getSimple().equals(column))
                .findFirst()
                .map(rule::offset)
                .orElse(rule.offset(rule.target()));
    }

    private void values(TargetTable table) {
        for (int i = 0; i < planned.columns().size(); i++) {
            Optional<TargetColumn> column = table.column(planned.columns().get(i).getName());
            if (column.isPresent()) {
                Optional<Origin> origin = planner.origin(rule, planned, i);
                int at = planner.offset(rule, planned, i);
                ValueFit.of(planned.given().get(i), origin, column.get(), table.precision())
                        .ifPresent(finding -> add(at, finding));
            }
        }
        misplaced(table);
    }

    /** A query gives by place; names that say another place are probably right. */
    private void misplaced(TargetTable table) {
        List<String> names = planned.columns().stream().map(column -> column.getName()).toList();
        for (int i = 0; i < names.size(); i++) {
            Optional<String> alias = planner.alias(rule, i);
            if (alias.isPresent()
                    && !alias.get().equals(names.get(i))
                    && names.contains(alias.get())
                    && planner.alias(rule, names.indexOf(alias.get()))
                            .filter(alias.get()::equals)
                            .isEmpty()) {
                boolean tag = table.column(names.get(i)).filter(TargetColumn::isTag).isPresent();
                findings.warn(
                        rule,
                        planner.offset(rule, planned, i),
                        "This is called '%s' and goes into %s '%s': values go by place, not by name. Change the order here or in the target's list."
                                .formatted(alias.get(), tag ? "tag" : "column", names.get(i)));
            }
        }
    }

    private void key(
            TDengineSinkSettings settings, TargetTable table, Map<String, String> options) {
        int time = position(table.timeColumn().name());
        if (time < 0) {
            return;
        }
        boolean second =
                table.columns().stream().anyMatch(column -> column.role() == TargetColumn.Role.KEY);
        RowKey key =
                new RowKey(
                        planner.origin(rule, planned, time),
                        planner.timeUnit(rule, planned, time),
                        Optional.of(table.precision()),
                        table.isSuperTable()
                                ? Optional.of(naming(settings, table))
                                : Optional.empty(),
                        second,
                        !options.getOrDefault("sink.timestamp-collision", "overwrite")
                                .equalsIgnoreCase("overwrite"),
                        journal,
                        !options.getOrDefault("sink.delivery-guarantee", AT_LEAST_ONCE)
                                .equalsIgnoreCase(AT_LEAST_ONCE));
        int at = planner.offset(rule, planned, time);
        key.findings().forEach(finding -> add(at, finding));
        tags(settings, table);
    }

    private List<Optional<Origin>> naming(TDengineSinkSettings settings, TargetTable table) {
        List<Optional<Origin>> origins = new ArrayList<>();
        for (String name : SinkCheck.namingColumns(settings, table)) {
            int position = position(name);
            origins.add(position < 0 ? Optional.empty() : planner.origin(rule, planned, position));
        }
        return origins;
    }

    /** A measured value as a part of a name makes a sub-table of each value. */
    private void tags(TDengineSinkSettings settings, TargetTable table) {
        if (!table.isSuperTable()) {
            return;
        }
        for (String name : SinkCheck.namingColumns(settings, table)) {
            int position = position(name);
            Optional<TargetColumn> tag = table.column(name).filter(TargetColumn::isTag);
            boolean measured =
                    tag.isPresent()
                            && switch (tag.get().type()) {
                                case FLOAT, DOUBLE, TIMESTAMP, DECIMAL -> true;
                                default -> false;
                            };
            if (position >= 0
                    && measured
                    && !planner.origin(rule, planned, position)
                            .map(Origin::isConstant)
                            .orElse(false)) {
                findings.warn(
                        rule,
                        planner.offset(rule, planned, position),
                        "Tag '%s' is %s and part of the sub-table's name: each value makes a sub-table of its own. Is it meant to be a column? Else name the sub-tables with the option 'sub-table', such as 'd_${clientid}'."
                                .formatted(name, tag.get().describeType()));
            }
        }
    }

    private int position(String column) {
        return IntStream.range(0, planned.columns().size())
                .filter(i -> planned.columns().get(i).getName().equalsIgnoreCase(column))
                .findFirst()
                .orElse(-1);
    }

    private void add(int offset, Finding finding) {
        findings.add(rule.problem(finding.severity(), offset, finding.message()));
    }
}
