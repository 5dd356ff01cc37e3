package io.millrace.rule.plan;

import io.millrace.common.DidYouMean;
import io.millrace.functions.time.EpochUnit;
import io.millrace.functions.value.FunctionException;
import io.millrace.rule.Problem;
import io.millrace.rule.RuleException;
import io.millrace.rule.operator.CountedCondition;
import io.millrace.rule.payload.Origin;
import io.millrace.rule.payload.Origins;
import io.millrace.rule.payload.PayloadUses;
import io.millrace.rule.payload.TimeUnits;
import io.millrace.rule.payload.Topic;
import io.millrace.rule.script.RuleHeader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.VarCharType;

/**
 * Plans rules in Flink SQL: each as its author wrote it, so that errors show the author's lines,
 * and then once more inside the conversion to its target.
 */
final class FlinkRules implements RulePlanner {
    static final String DEFAULT_UNIT = "millisecond";

    private final Session session;
    private final TopicTables topics;
    private int counted;

    FlinkRules(Session session, TopicTables topics) {
        this.session = session;
        this.topics = topics;
    }

    @Override
    public void note(Rule rule, Target target) {
        new PayloadUses(node -> type(rule.text(node)), rule::place)
                .note(rule.query(), find(rule), payloadTypes(target));
        topics.refuseIdleHeader(rule);
    }

    /** The type in a CAST; if there is none of that name, the planner tells where. */
    private LogicalType type(String text) {
        try {
            return session.type(text);
        } catch (ValidationException unknown) {
            return VarCharType.STRING_TYPE;
        }
    }

    /** What the target's columns ask of a payload member that goes straight into one. */
    private static List<LogicalType> payloadTypes(Target target) {
        return target.isKnown() ? columnTypes(target) : List.of();
    }

    private static List<LogicalType> columnTypes(Target target) {
        return target.written().stream()
                .map(column -> column.getDataType().getLogicalType())
                .map(FlinkRules::payloadType)
                .toList();
    }

    private static LogicalType payloadType(LogicalType column) {
        // A time in a payload is a number of the header's unit unless the header's schema says
        // else.
        return column.is(LogicalTypeRoot.TIMESTAMP_WITH_LOCAL_TIME_ZONE)
                ? new BigIntType()
                : column;
    }

    private Function<SqlIdentifier, Optional<Topic>> find(Rule rule) {
        return name -> topics.find(rule, name);
    }

    @Override
    public Planned insert(Rule rule, Target target) {
        List<Column> given =
                session.tables().sqlQuery(rule.queryText()).getResolvedSchema().getColumns();
        if (target instanceof UnknownTarget unknown) {
            return Planned.of(unknown.insert(session, given), target.written());
        }
        List<OutputConversion> outputs = outputs(rule, target, given);
        List<LogicalType> types = outputs.stream().map(OutputConversion::type).toList();
        String into = target.register(session, rule, target.written(), types, false);
        return new Planned(
                Optional.of(statement(rule, target, into, outputs)),
                target.written(),
                given.stream().map(column -> column.getDataType().getLogicalType()).toList(),
                types);
    }

    @Override
    public Optional<Origin> origin(Rule rule, Planned planned, int column) {
        return Origins.of(rule.query(), find(rule), column);
    }

    @Override
    public Optional<String> timeUnit(Rule rule, Planned planned, int column) {
        return TimeUnits.of(rule.query(), find(rule), column);
    }

    @Override
    public Optional<String> alias(Rule rule, int column) {
        return Origins.node(rule.query(), find(rule), column).flatMap(Origins::alias);
    }

    @Override
    public int offset(Rule rule, Planned planned, int column) {
        return Origins.node(rule.query(), find(rule), column)
                .map(rule::offset)
                .orElse(rule.statement().offset());
    }

    static void requireCount(Rule rule, int given, List<Column> written) {
        if (given != written.size()) {
            throw rule.statement()
                    .file()
                    .error(
                            rule.statement().offset(),
                            "The query gives %d columns and the target takes %d: %s."
                                    .formatted(
                                            given,
                                            written.size(),
                                            String.join(
                                                    ", ",
                                                    written.stream()
                                                            .map(Column::getName)
                                                            .toList())));
        }
    }

    private List<OutputConversion> outputs(Rule rule, Target target, List<Column> given) {
        List<Column> written = target.written();
        requireCount(rule, given.size(), written);
        String headerUnit = headerUnit(rule);
        List<OutputConversion> outputs = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        for (int i = 0; i < given.size(); i++) {
            LogicalType from = given.get(i).getDataType().getLogicalType();
            Column to = written.get(i);
            String unit = TimeUnits.of(rule.query(), find(rule), i).orElse(headerUnit);
            Optional<OutputConversion> output =
                    OutputConversion.of(alias(i), from, to, unit, target.checksNumbers());
            if (output.isPresent()) {
                outputs.add(output.get());
            } else {
                problems.add(mismatch(rule, i, given.get(i), to));
            }
        }
        if (!problems.isEmpty()) {
            throw new RuleException(problems, null);
        }
        return outputs;
    }

    /** The unit of an integer that becomes a time and that no function names. */
    static String headerUnit(Rule rule) {
        Optional<RuleHeader.Value> given = rule.statement().header().get(RuleHeader.Key.TIME_UNIT);
        if (given.isEmpty()) {
            return DEFAULT_UNIT;
        }
        String unit = given.get().text();
        try {
            return EpochUnit.named(unit).sqlName();
        } catch (FunctionException e) {
            List<String> known = Stream.of(EpochUnit.values()).map(EpochUnit::sqlName).toList();
            throw rule.statement()
                    .file()
                    .error(
                            given.get().offset(),
                            "This is no unit; allowed are %s.%s"
                                    .formatted(
                                            known.stream()
                                                    .map(name -> "'" + name + "'")
                                                    .collect(Collectors.joining(", ")),
                                            DidYouMean.hint(known, unit)),
                            e);
        }
    }

    private Problem mismatch(Rule rule, int position, Column given, Column to) {
        LogicalType from = given.getDataType().getLogicalType();
        return rule.problem(
                Problem.Severity.ERROR,
                offset(rule, null, position),
                "Column '%s' of the target is %s and the query gives %s ('%s')."
                        .formatted(
                                to.getName(),
                                to.getDataType().getLogicalType().asSummaryString(),
                                from.asSummaryString(),
                                given.getName()),
                "Convert it, for example with %s."
                        .formatted(
                                OutputConversion.advice(from, to.getDataType().getLogicalType())));
    }

    private String statement(
            Rule rule, Target target, String into, List<OutputConversion> outputs) {
        List<String> aliases = new ArrayList<>();
        for (int i = 0; i < outputs.size(); i++) {
            aliases.add(alias(i));
        }
        String columns =
                String.join(
                        ", ",
                        target.written().stream()
                                .map(column -> Session.quoted(column.getName()))
                                .toList());
        return "INSERT INTO %s %s (%s) SELECT %s FROM (%s\n) AS r (%s)"
                .formatted(
                        into,
                        rule.hints(),
                        columns,
                        String.join(
                                ", ", outputs.stream().map(OutputConversion::expression).toList()),
                        counting(rule),
                        String.join(", ", aliases));
    }

    /** The query, counting where each row of it is one of a message's. */
    private String counting(Rule rule) {
        String function = "millrace_count_" + counted;
        Optional<String> counting = CountedQuery.of(rule, find(rule), function);
        counting.ifPresent(
                query -> {
                    counted++;
                    session.tables()
                            .createTemporarySystemFunction(
                                    function, new CountedCondition(rule.name()));
                });
        return counting.orElse(rule.queryText()).strip();
    }

    @Override
    public List<Probe> probes(Rule rule) {
        return FlinkProbes.of(session, rule);
    }

    @Override
    public List<Suspect> suspects(Rule rule) {
        return FlinkSuspects.of(session, rule);
    }

    private static String alias(int column) {
        return "c" + column;
    }
}
