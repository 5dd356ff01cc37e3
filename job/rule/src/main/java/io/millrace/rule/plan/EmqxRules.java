package io.millrace.rule.plan;

import io.millrace.common.DidYouMean;
import io.millrace.functions.time.EpochUnit;
import io.millrace.functions.value.FunctionException;
import io.millrace.rule.RuleException;
import io.millrace.rule.operator.EmqxFunction;
import io.millrace.rule.operator.MessageInput;
import io.millrace.rule.operator.OutputColumn;
import io.millrace.rule.operator.ValueConverters;
import io.millrace.rule.payload.Origin;
import io.millrace.rule.payload.Topic;
import io.millrace.rule.script.RuleHeader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeFamily;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarCharType;

/**
 * Plans rules of the EMQX dialect: for each topic that a rule reads a call of the function that
 * evaluates it, over the topic's table, and all of them into the target by name.
 */
final class EmqxRules implements RulePlanner {
    /** A topic that a rule reads. */
    private record Source(String filter, Topic topic) {}

    /** A rule that was noted. */
    private record Noted(CompiledRule rule, List<Source> sources) {}

    private final Session session;
    private final TopicTables topics;
    private final Findings findings;
    private final Map<Rule, Noted> noted = new HashMap<>();
    private int functions;

    EmqxRules(Session session, TopicTables topics, Findings findings) {
        this.session = session;
        this.topics = topics;
        this.findings = findings;
    }

    @Override
    public void note(Rule rule, Target target) {
        CompiledRule compiled = CompiledRule.of(rule);
        List<Source> sources = new ArrayList<>();
        for (SqlIdentifier name : compiled.sources()) {
            Topic topic = topics.find(rule, name).orElseThrow(() -> noTopic(rule, name));
            sources.add(new Source(name.getSimple(), topic));
        }
        noted.put(rule, new Noted(compiled, sources));
        compiled.warn(findings);
        sources.forEach(source -> undeclared(rule, compiled, source));
        for (RuleHeader.Key key : List.of(RuleHeader.Key.SCHEMA, RuleHeader.Key.FORMAT)) {
            rule.statement()
                    .header()
                    .get(key)
                    .ifPresent(
                            value ->
                                    findings.warn(
                                            rule,
                                            value.offset(),
                                            "This is without effect on rule '%s': the dialect 'emqx' decodes the payload itself."
                                                    .formatted(rule.name())));
        }
    }

    /** Members that the settings do not declare: the rule runs, and they are undefined. */
    private void undeclared(Rule rule, CompiledRule compiled, Source source) {
        Optional<LogicalType> declared = topics.declared(source.topic());
        compiled.members()
                .forEach(
                        (offset, names) -> {
                            LogicalType type = declared.orElse(null);
                            for (int i = 1; i < names.size() && type instanceof RowType row; i++) {
                                int known = row.getFieldIndex(names.get(i));
                                if (known < 0) {
                                    findings.warn(
                                            rule,
                                            offset,
                                            "The settings declare no member '%s' of \"%s\"; there are %s."
                                                    .formatted(
                                                            names.get(i),
                                                            source.filter(),
                                                            String.join(", ", row.getFieldNames())),
                                            DidYouMean.hint(row.getFieldNames(), names.get(i))
                                                    .strip());
                                }
                                type = known < 0 ? null : row.getTypeAt(known);
                            }
                        });
    }

    private static RuleException noTopic(Rule rule, SqlIdentifier name) {
        return rule.statement()
                .file()
                .error(
                        rule.offset(name),
                        "'%s' is a table that was created, and a rule of the dialect 'emqx' reads topics. Read it in Flink SQL."
                                .formatted(name.getSimple()));
    }

    @Override
    public Planned insert(Rule rule, Target target) {
        Noted known = noted.get(rule);
        if (!target.isKnown()) {
            return Planned.of(Optional.empty(), given(target, known.rule().outputs()));
        }
        EmqxOutputs outputs = known.rule().outputs();
        List<Column> columns = columns(rule, target, outputs);
        List<OutputColumn> written =
                columns.stream().map(column -> output(rule, column, outputs)).toList();
        boolean letters = target.keepsLetters();
        if (!letters) {
            findings.warn(
                    rule,
                    rule.offset(rule.target()),
                    "The target keeps no dead letters: a message that rule '%s' fails on, and a value that does not fit, are only logged."
                            .formatted(rule.name()));
        }
        List<LogicalType> types = written.stream().map(OutputColumn::type).toList();
        String into = target.register(session, rule, columns, types, letters);
        List<String> aliases = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            aliases.add("c" + i);
            names.add(Session.quoted(columns.get(i).getName()));
        }
        List<String> selected = new ArrayList<>(aliases);
        aliases.add("letter");
        if (letters) {
            selected.add("letter");
            names.add(Session.quoted(target.letterColumn()));
        }
        EmqxFunction.Plan plan =
                new EmqxFunction.Plan(
                        rule.name(),
                        rule.emqx().orElseThrow().rule(),
                        session.tables().getConfig().getLocalTimeZone(),
                        List.of(),
                        written,
                        target instanceof TopicTarget && !outputs.mayGive(Topic.PAYLOAD),
                        letters,
                        session.clock());
        return new Planned(
                Optional.of(
                        "INSERT INTO %s %s (%s) %s"
                                .formatted(
                                        into,
                                        rule.hints(),
                                        String.join(", ", names),
                                        query(known, plan, selected, aliases))),
                columns,
                types,
                types);
    }

    /** The columns of a target that is not known: those listed, else what the rule gives. */
    private static List<Column> given(Target target, EmqxOutputs outputs) {
        return target.written().isEmpty()
                ? outputs.names().orElse(Set.of()).stream()
                        .sorted()
                        .map(name -> (Column) Column.physical(name, DataTypes.STRING()))
                        .toList()
                : target.written();
    }

    /** With the rule's own semantics. */
    @Override
    public List<Probe> probes(Rule rule) {
        Noted known = noted.get(rule);
        List<Probe> probes = new ArrayList<>();
        for (EmqxProbe probe : EmqxProbe.of(known.rule())) {
            List<String> aliases = new ArrayList<>();
            List<OutputColumn> columns = new ArrayList<>();
            for (String output : probe.outputs()) {
                aliases.add("c" + aliases.size());
                columns.add(
                        new OutputColumn(output, VarCharType.STRING_TYPE, EpochUnit.MILLISECOND));
            }
            List<String> selected = List.copyOf(aliases);
            aliases.add("letter");
            EmqxFunction.Plan plan =
                    new EmqxFunction.Plan(
                            rule.name(),
                            probe.rule(),
                            session.tables().getConfig().getLocalTimeZone(),
                            List.of(),
                            columns,
                            false,
                            false,
                            session.clock());
            probes.add(probe.with(query(known, plan, selected, aliases)));
        }
        return probes;
    }

    @Override
    public List<Suspect> suspects(Rule rule) {
        return List.of();
    }

    /** A rule over all its topics. */
    private String query(
            Noted known, EmqxFunction.Plan plan, List<String> selected, List<String> aliases) {
        List<String> branches = new ArrayList<>();
        List<String> earlier = new ArrayList<>();
        for (Source source : known.sources()) {
            String function = register(plan.after(earlier));
            branches.add(
                    "SELECT %s FROM (SELECT %s FROM %s) AS m, LATERAL TABLE(%s(%s)) AS r (%s)"
                            .formatted(
                                    String.join(", ", selected),
                                    read(known.rule().inputs()),
                                    topics.table(source.topic()).asSerializableString(),
                                    function,
                                    arguments(known.rule().inputs()),
                                    String.join(", ", aliases)));
            earlier.add(source.filter());
        }
        return String.join(" UNION ALL ", branches);
    }

    @Override
    public Optional<Origin> origin(Rule rule, Planned planned, int column) {
        return outputs(rule).origin(planned.columns().get(column).getName());
    }

    @Override
    public Optional<String> timeUnit(Rule rule, Planned planned, int column) {
        return outputs(rule).timeUnit(planned.columns().get(column).getName());
    }

    @Override
    public Optional<String> alias(Rule rule, int column) {
        // Outputs go by name.
        return Optional.empty();
    }

    @Override
    public int offset(Rule rule, Planned planned, int column) {
        return rule.emqx().orElseThrow().offset()
                + outputs(rule).offset(planned.columns().get(column).getName());
    }

    private EmqxOutputs outputs(Rule rule) {
        return noted.get(rule).rule().outputs();
    }

    private String register(EmqxFunction.Plan plan) {
        String name = "millrace_rule_" + functions++;
        session.tables().createTemporarySystemFunction(name, new EmqxFunction(plan));
        return name;
    }

    /** The planner does not look through LATERAL for columns that nobody wants. */
    private static String read(Set<MessageInput> wanted) {
        return wanted.stream()
                .map(input -> Session.quoted(input.column()))
                .collect(Collectors.joining(", "));
    }

    private static String arguments(Set<MessageInput> wanted) {
        return Stream.of(MessageInput.values())
                .map(
                        input ->
                                wanted.contains(input)
                                        ? "m." + Session.quoted(input.column())
                                        : "CAST(NULL AS %s)"
                                                .formatted(
                                                        input.type()
                                                                .getLogicalType()
                                                                .asSerializableString()))
                .collect(Collectors.joining(", "));
    }

    /** The target's columns that the rule writes: those listed, else those that it gives. */
    private List<Column> columns(Rule rule, Target target, EmqxOutputs outputs) {
        if (target instanceof TopicTarget || rule.columns().isPresent()) {
            return target.written();
        }
        List<Column> columns =
                target.written().stream()
                        .filter(column -> outputs.mayGive(column.getName()))
                        .toList();
        List<String> all = target.written().stream().map(Column::getName).toList();
        int offset = rule.emqx().orElseThrow().offset();
        if (columns.isEmpty()) {
            throw rule.statement()
                    .file()
                    .error(
                            offset,
                            "The rule gives %s, and the target's columns are %s. Outputs go into the columns of their names; name them with AS."
                                    .formatted(
                                            String.join(", ", outputs.names().orElse(Set.of())),
                                            String.join(", ", all)));
        }
        List<String> unused = outputs.unused(all);
        if (!unused.isEmpty()) {
            findings.warn(
                    rule,
                    offset,
                    "These outputs go nowhere: %s. The target's columns are %s.%s"
                            .formatted(
                                    String.join(", ", unused),
                                    String.join(", ", all),
                                    DidYouMean.hint(all, unused.get(0))));
        }
        return columns;
    }

    private static OutputColumn output(Rule rule, Column column, EmqxOutputs outputs) {
        LogicalType type = column.getDataType().getLogicalType().copy(true);
        if (!ValueConverters.know(type)) {
            throw rule.statement()
                    .file()
                    .error(
                            rule.statement().offset(),
                            "Column '%s' of the target is %s, which the dialect 'emqx' has no values for. Leave it out of the columns that the rule writes."
                                    .formatted(column.getName(), type.asSummaryString()));
        }
        // The target checks lengths itself.
        LogicalType given =
                type.is(LogicalTypeFamily.CHARACTER_STRING) ? VarCharType.STRING_TYPE : type;
        String unit = outputs.timeUnit(column.getName()).orElse(FlinkRules.headerUnit(rule));
        try {
            return new OutputColumn(column.getName(), given, EpochUnit.named(unit));
        } catch (FunctionException e) {
            throw rule.statement()
                    .file()
                    .error(
                            rule.emqx().orElseThrow().offset() + outputs.offset(column.getName()),
                            e.getMessage(),
                            e);
        }
    }
}
