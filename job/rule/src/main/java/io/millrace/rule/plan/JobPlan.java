package io.millrace.rule.plan;

import io.millrace.rule.RuleException;
import io.millrace.rule.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.table.api.StatementSet;

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
    private List<String> topicLines = List.of();

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

    /** Flink's explanation of the whole plan. */
    public String explain() {
        return statements.explain();
    }

    /** Starts the job. */
    public JobClient submit() {
        return statements.execute().getJobClient().orElseThrow();
    }
}
