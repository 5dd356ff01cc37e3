package io.millrace.rule.plan;

import io.millrace.common.DidYouMean;
import io.millrace.rule.Problem;
import io.millrace.rule.check.Finding;
import io.millrace.rule.check.RowKey;
import io.millrace.rule.check.ValueFit;
import io.millrace.rule.payload.Origin;
import io.millrace.tdengine.client.TargetColumn;
import io.millrace.tdengine.client.TargetTable;
import io.millrace.tdengine.client.TimePrecision;
import io.millrace.tdengine.sink.SinkCheck;
import io.millrace.tdengine.sink.TDengineSinkSettings;
import io.millrace.tdengine.sink.row.RowPlan;
import io.millrace.tdengine.table.TDengineDynamicTableFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.flink.table.catalog.ObjectPath;
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
        table(target, settings, all)
                .ifPresent(
                        table -> {
                            fit(settings, table);
                            values(table);
                            key(settings, table, all);
                        });
    }

    /**
     * Tells of a target that is not known what can be known without it: what its time is, if the
     * rule names the column.
     */
    void inspect(UnknownTarget target) {
        if (target.options().isEmpty() || planned.columns().isEmpty()) {
            return;
        }
        Map<String, String> all = new LinkedHashMap<>(target.options().get());
        all.putAll(rule.options());
        int named = position("ts");
        int time = named < 0 && rule.columns().isPresent() ? 0 : named;
        if (time >= 0) {
            int at = planner.offset(rule, planned, time);
            rowKey(time, Optional.empty(), Optional.empty(), false, all)
                    .repetition()
                    .ifPresent(finding -> add(at, finding));
        }
    }

    /** The server's table: of the connection, or where the rule file's table says. */
    private Optional<TargetTable> table(
            TableTarget target, TDengineSinkSettings settings, Map<String, String> options) {
        if (session.checked(target.path().getCatalogName()).isEmpty()) {
            return declared(settings, options);
        }
        Optional<TargetTable> table = session.described(target.path());
        if (table.isEmpty()) {
            findings.note(
                    rule,
                    rule.offset(rule.target()),
                    "The rule file creates this table, so there is none to compare it with yet.");
        }
        return table;
    }

    private Optional<TargetTable> declared(
            TDengineSinkSettings settings, Map<String, String> options) {
        Set<String> names =
                settings.plans().stream()
                        .flatMap(plan -> name(plan.destination()).stream())
                        .collect(Collectors.toSet());
        Optional<CheckedCatalog> server = session.connections().ofTable(options);
        if (names.size() != 1 || server.isEmpty()) {
            return Optional.empty();
        }
        ObjectPath path = new ObjectPath(settings.plan().database(), names.iterator().next());
        Optional<TargetTable> table = server.get().describe(path);
        if (table.isEmpty() && !server.get().isAway()) {
            findings.add(
                    rule.problem(
                            Problem.Severity.ERROR,
                            rule.offset(rule.target()),
                            "The server has no table '%s', which table '%s' of the rule file stands for."
                                    .formatted(path.getFullName(), target(rule)),
                            "Create it there first.%s"
                                    .formatted(
                                            DidYouMean.hint(
                                                    server.get().tables(path.getDatabaseName()),
                                                    path.getObjectName()))));
        }
        return table;
    }

    private static String target(Rule rule) {
        return String.join(".", rule.target().names);
    }

    private static Optional<String> name(RowPlan.Destination destination) {
        if (destination instanceof RowPlan.Table table) {
            return Optional.of(table.name());
        }
        return destination instanceof RowPlan.SuperTable table
                ? Optional.of(table.name())
                : Optional.empty();
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
                        "This is called '%s' and goes into %s '%s': values go by place, not by name."
                                .formatted(alias.get(), tag ? "tag" : "column", names.get(i)),
                        "Change the order here or in the target's list.");
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
                rowKey(
                        time,
                        Optional.of(table.precision()),
                        table.isSuperTable()
                                ? Optional.of(naming(settings, table))
                                : Optional.empty(),
                        second,
                        options);
        int at = planner.offset(rule, planned, time);
        key.findings().forEach(finding -> add(at, finding));
        tags(settings, table);
    }

    private RowKey rowKey(
            int time,
            Optional<TimePrecision> precision,
            Optional<List<Optional<Origin>>> naming,
            boolean second,
            Map<String, String> options) {
        return new RowKey(
                planner.origin(rule, planned, time),
                planner.timeUnit(rule, planned, time),
                precision,
                naming,
                second,
                !options.getOrDefault("sink.timestamp-collision", "overwrite")
                        .equalsIgnoreCase("overwrite"),
                journal,
                !options.getOrDefault("sink.delivery-guarantee", AT_LEAST_ONCE)
                        .equalsIgnoreCase(AT_LEAST_ONCE));
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
                        "Tag '%s' is %s and part of the sub-table's name: each value makes a sub-table of its own."
                                .formatted(name, tag.get().describeType()),
                        "Is it meant to be a column? Else name the sub-tables with the option 'sub-table', such as 'd_${clientid}'.");
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
        findings.add(rule.problem(finding.severity(), offset, finding.message(), finding.remedy()));
    }
}
