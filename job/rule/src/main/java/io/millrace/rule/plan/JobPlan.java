package io.millrace.rule.plan;

import io.millrace.rule.RuleException;
import io.millrace.rule.Settings;
import io.millrace.rule.payload.PayloadUses;
import io.millrace.rule.payload.TimeUnits;
import io.millrace.rule.payload.Topic;
import io.millrace.rule.script.RuleHeader;
import io.millrace.rule.script.Script;
import io.millrace.rule.script.SourceFile;
import io.millrace.rule.script.Statement;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.sql.parser.ddl.SqlSet;
import org.apache.flink.sql.parser.dml.RichSqlInsert;
import org.apache.flink.table.api.StatementSet;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;

/**
 * Plans the rules of a job. In this order: all statements that are no rules take effect as they are
 * read; the uses of payload members are noted over all rules; the topics become tables with the
 * types that this gave; each rule is planned as its author wrote it, so that errors show the
 * author's lines, and then once more inside the conversion to its target.
 */
public final class JobPlan {
    private static final String DEFAULT_UNIT = "millisecond";

    private final Session session;
    private final List<Rule> rules = new ArrayList<>();
    private final List<String> described = new ArrayList<>();
    private final TopicNames names;
    private final TopicTables topics;
    private final StatementSet statements;
    private List<String> topicLines = List.of();

    private JobPlan(Session session) {
        this.session = session;
        this.names = new TopicNames(session);
        this.topics = new TopicTables(session, names);
        this.statements = session.tables().createStatementSet();
    }

    /** Plans a job; see {@link io.millrace.rule.RuleJob#prepare}. */
    public static JobPlan of(
            Settings settings, String jobName, List<Path> files, Configuration target) {
        JobPlan plan = new JobPlan(new Session(settings, jobName, target));
        files.forEach(plan::read);
        if (plan.rules.isEmpty()) {
            throw new RuleException(
                    "There is no rule in %s. A rule is 'INSERT INTO … SELECT … FROM \"topic\";'."
                            .formatted(files));
        }
        plan.plan();
        return plan;
    }

    private void read(Path path) {
        SourceFile file = SourceFile.read(path);
        List<Statement> statements = Script.read(file);
        String base = path.getFileName().toString().replaceFirst("\\.[^.]*$", "");
        int number = 0;
        for (Statement statement : statements) {
            SqlNode node;
            try {
                node = FlinkParser.parse(statement.sql());
            } catch (SqlParseException e) {
                throw file.error(
                        file.offset(e.getPos().getLineNum(), e.getPos().getColumnNum()),
                        e.getMessage().lines().findFirst().orElse("This is no SQL."),
                        e);
            }
            if (node instanceof RichSqlInsert insert) {
                number++;
                add(
                        Rule.of(
                                number == 1 ? base : base + "-" + number,
                                statement,
                                session.tables().getCurrentCatalog(),
                                session.tables().getCurrentDatabase(),
                                insert));
            } else {
                execute(statement, node);
            }
        }
    }

    /** Dead letters and the tables made for a rule name it, so no two rules share a name. */
    private void add(Rule rule) {
        for (Rule other : rules) {
            if (other.name().equals(rule.name())) {
                throw rule.statement()
                        .file()
                        .error(
                                rule.statement().offset(),
                                "The rule in %s is called '%s' too. Give one of them another name with '-- name:'."
                                        .formatted(other.statement().file().path(), rule.name()));
            }
        }
        rules.add(rule);
    }

    private void execute(Statement statement, SqlNode node) {
        if (node.isA(SqlKind.QUERY)) {
            throw statement
                    .file()
                    .error(
                            statement.offset(),
                            "A query alone writes nothing. A rule is 'INSERT INTO table SELECT …'.");
        }
        try {
            if (node instanceof SqlSet set && set.getKey() != null) {
                session.tables().getConfig().set(set.getKeyString(), set.getValueString());
            } else {
                session.tables().executeSql(statement.sql());
            }
        } catch (RuntimeException e) {
            throw statement.error(e);
        }
    }

    private void plan() {
        List<Target> targets = rules.stream().map(rule -> Target.of(session, names, rule)).toList();
        for (int i = 0; i < rules.size(); i++) {
            Rule rule = rules.get(i);
            new PayloadUses(node -> session.type(rule.text(node)), rule::place)
                    .note(rule.query(), find(rule), payloadTypes(targets.get(i)));
            topics.refuseIdleHeader(rule);
        }
        topicLines = topics.register();
        for (int i = 0; i < rules.size(); i++) {
            plan(rules.get(i), targets.get(i));
        }
    }

    /** What the target's columns ask of a payload member that goes straight into one. */
    private static List<LogicalType> payloadTypes(Target target) {
        return target.written().stream()
                .map(column -> column.getDataType().getLogicalType())
                .map(JobPlan::payloadType)
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

    private void plan(Rule rule, Target target) {
        session.tables().useCatalog(rule.catalog());
        session.tables().useDatabase(rule.database());
        try {
            List<Column> given =
                    session.tables().sqlQuery(rule.queryText()).getResolvedSchema().getColumns();
            List<OutputConversion> outputs = outputs(rule, target, given);
            String into =
                    target.register(
                            session, rule, outputs.stream().map(OutputConversion::type).toList());
            statements.addInsertSql(statement(rule, target, into, outputs));
            described.add("%s → %s".formatted(rule.name(), String.join(".", rule.target().names)));
        } catch (RuleException e) {
            throw e;
        } catch (RuntimeException e) {
            throw rule.error(e);
        }
    }

    private List<OutputConversion> outputs(Rule rule, Target target, List<Column> given) {
        List<Column> written = target.written();
        if (given.size() != written.size()) {
            throw rule.statement()
                    .file()
                    .error(
                            rule.statement().offset(),
                            "The query gives %d columns and the target takes %d: %s."
                                    .formatted(
                                            given.size(),
                                            written.size(),
                                            String.join(
                                                    ", ",
                                                    written.stream()
                                                            .map(Column::getName)
                                                            .toList())));
        }
        String headerUnit =
                rule.statement()
                        .header()
                        .get(RuleHeader.Key.TIME_UNIT)
                        .map(RuleHeader.Value::text)
                        .orElse(DEFAULT_UNIT);
        List<OutputConversion> outputs = new ArrayList<>();
        for (int i = 0; i < given.size(); i++) {
            LogicalType from = given.get(i).getDataType().getLogicalType();
            Column to = written.get(i);
            String unit = TimeUnits.of(rule.query(), find(rule), i).orElse(headerUnit);
            int position = i;
            outputs.add(
                    OutputConversion.of(alias(i), from, to, unit, target.checksNumbers())
                            .orElseThrow(() -> mismatch(rule, given.get(position), from, to)));
        }
        return outputs;
    }

    private static RuleException mismatch(Rule rule, Column given, LogicalType from, Column to) {
        return rule.statement()
                .file()
                .error(
                        rule.statement().offset(),
                        "Column '%s' of the target is %s and the query gives %s ('%s'). Convert it, for example with %s."
                                .formatted(
                                        to.getName(),
                                        to.getDataType().getLogicalType().asSummaryString(),
                                        from.asSummaryString(),
                                        given.getName(),
                                        OutputConversion.advice(
                                                from, to.getDataType().getLogicalType())));
    }

    private static String statement(
            Rule rule, Target target, String into, List<OutputConversion> outputs) {
        List<String> aliases = new ArrayList<>();
        for (int i = 0; i < outputs.size(); i++) {
            aliases.add(alias(i));
        }
        String columns =
                String.join(
                        ", ",
                        target.written().stream()
                                .map(column -> "`" + column.getName().replace("`", "``") + "`")
                                .toList());
        return "INSERT INTO %s %s (%s) SELECT %s FROM (%s\n) AS r (%s)"
                .formatted(
                        into,
                        rule.hints(),
                        columns,
                        String.join(
                                ", ", outputs.stream().map(OutputConversion::expression).toList()),
                        rule.queryText().strip(),
                        String.join(", ", aliases));
    }

    private static String alias(int column) {
        return "c" + column;
    }

    /** A line for each topic. */
    public List<String> topics() {
        return topicLines;
    }

    /** A line for each rule. */
    public List<String> rules() {
        return List.copyOf(described);
    }

    /** Flink's explanation of the whole plan. */
    public String explain() {
        return statements.explain();
    }

    /** Starts the job. */
    public JobClient submit() {
        return statements.execute().getJobClient().orElseThrow();
    }
}
