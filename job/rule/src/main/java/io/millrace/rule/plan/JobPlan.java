package io.millrace.rule.plan;

import io.millrace.rule.JobOperator;
import io.millrace.rule.RuleException;
import io.millrace.rule.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.table.api.StatementSet;
import org.apache.flink.table.api.config.ExecutionConfigOptions;
import org.apache.flink.util.FlinkRuntimeException;

/**
 * Plans the rules of a job. In this order: all statements that are no rules take effect as they are
 * read; the uses of payload members are noted over all rules; the topics become tables with the
 * types that this gave; each rule is planned as its dialect asks.
 */
public final class JobPlan {
    private static final String DEFAULT_UNIT = "millisecond";

    private final Session session;
    private final Warnings warnings = new Warnings();
    private final List<String> described = new ArrayList<>();
    private final TopicNames names;
    private final TopicTables topics;
    private final RulePlanner flink;
    private final RulePlanner emqx;
    private final StatementSet statements;
    private final Map<String, String> targets = new HashMap<>();
    private List<String> topicLines = List.of();
    private StreamGraph graph;
    private List<JobOperator> operators;

    private JobPlan(Session session) {
        this.session = session;
        this.names = new TopicNames(session);
        this.topics = new TopicTables(session, names);
        this.flink = new FlinkRules(session, topics);
        this.emqx = new EmqxRules(session, topics, warnings);
        this.statements = session.tables().createStatementSet();
    }

    /** Plans a job; see {@link io.millrace.rule.RuleJob#prepare}. */
    public static JobPlan of(
            Settings settings, String jobName, List<Path> files, Configuration target) {
        Session session = new Session(settings, jobName, target);
        RuleReader reader = new RuleReader(session);
        files.forEach(reader::read);
        if (reader.rules().isEmpty()) {
            throw new RuleException(
                    "There is no rule in %s. A rule is 'INSERT INTO … SELECT … FROM \"topic\";'."
                            .formatted(files));
        }
        JobPlan plan = new JobPlan(session);
        plan.plan(reader.rules());
        return plan;
    }

    private void plan(List<Rule> rules) {
        List<Target> targets = rules.stream().map(rule -> Target.of(session, names, rule)).toList();
        for (int i = 0; i < rules.size(); i++) {
            planner(rules.get(i)).note(rules.get(i), targets.get(i));
        }
        topicLines = topics.register();
        for (int i = 0; i < rules.size(); i++) {
            plan(rules.get(i), targets.get(i));
        }
    }

    private RulePlanner planner(Rule rule) {
        return rule.emqx().isPresent() ? emqx : flink;
    }

    private void plan(Rule rule, Target target) {
        session.tables().useCatalog(rule.catalog());
        session.tables().useDatabase(rule.database());
        try {
            statements.addInsertSql(planner(rule).insert(rule, target));
            targets.put(rule.name(), rule.target().names.get(rule.target().names.size() - 1));
            described.add("%s → %s".formatted(rule.name(), String.join(".", rule.target().names)));
        } catch (RuleException e) {
            throw e;
        } catch (RuntimeException e) {
            throw rule.error(e);
        }
    }

    /** What works and is probably not meant, with its place. */
    public List<String> warnings() {
        return warnings.lines();
    }

    /** A line for each topic. */
    public List<String> topics() {
        return topicLines;
    }

    /** A line for each rule. */
    public List<String> rules() {
        return List.copyOf(described);
    }

    /** Flink's explanation of the whole plan, as long as its operators were not asked for. */
    public String explain() {
        return statements.explain();
    }

    /** The operators of the job, which has to be planned to its end for that. */
    public List<JobOperator> operators() {
        graph();
        return operators;
    }

    /**
     * Starts the job.
     *
     * @param more options of Flink's beside those that it was planned with
     */
    public JobClient submit(Configuration more) {
        try {
            return session.recorder().run(graph(), more);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new FlinkRuntimeException(e);
        }
    }

    private StreamGraph graph() {
        if (graph == null) {
            statements.execute();
            graph = session.recorder().graph().orElseThrow();
            operators = new OperatorUids(graph, targets, stateSettings()).give();
        }
        return graph;
    }

    /** What of Flink's settings changes the form of state, so that it cannot be read any more. */
    private String stateSettings() {
        boolean expires =
                !session.tables().getConfig().get(ExecutionConfigOptions.IDLE_STATE_RETENTION).isZero();
        return expires ? "expires;" : "";
    }
}
