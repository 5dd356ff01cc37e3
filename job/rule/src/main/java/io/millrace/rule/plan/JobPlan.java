package io.millrace.rule.plan;

import io.millrace.rule.RuleException;
import io.millrace.rule.Settings;
import io.millrace.rule.script.Dialect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.table.api.StatementSet;
import org.apache.flink.table.api.TableEnvironment;

/**
 * Plans the rules of a job. In this order: all statements that are no rules take effect as they are
 * read; the uses of payload members are noted over all rules; the topics become tables with the
 * types that this gave; each rule is planned as its dialect asks.
 */
public final class JobPlan {
    private static final String DEFAULT_UNIT = "millisecond";

    private final Session session;
    private final List<String> assumed;
    private final Warnings warnings = new Warnings();
    private final List<String> described = new ArrayList<>();
    private final Map<PlannedRule, Rule> planned = new LinkedHashMap<>();
    private final TopicNames names;
    private final TopicTables topics;
    private final RulePlanner flink;
    private final RulePlanner emqx;
    private final StatementSet statements;
    private List<String> topicLines = List.of();

    private JobPlan(Session session, List<String> assumed) {
        this.session = session;
        this.assumed = assumed;
        this.names = new TopicNames(session);
        this.topics = new TopicTables(session, names);
        this.flink = new FlinkRules(session, topics);
        this.emqx = new EmqxRules(session, topics, warnings);
        this.statements = session.tables().createStatementSet();
    }

    /** Plans a job; see {@link io.millrace.rule.RuleJob#prepare}. */
    public static JobPlan of(
            Settings settings, String jobName, List<Path> files, Configuration target) {
        return of(settings, jobName, files, target, Stage.PRODUCTION);
    }

    /**
     * What is different about a trial.
     *
     * @param beforeRules is called when all statements of the files but the rules have taken effect
     * @param payloads what makes up tables that nobody knows; empty if that is an error
     */
    public record Stage(Consumer<TableEnvironment> beforeRules, Optional<PayloadGuess> payloads) {
        static final Stage PRODUCTION = new Stage(tables -> {}, Optional.empty());
    }

    /** Plans a job, or a trial of it. */
    public static JobPlan of(
            Settings settings,
            String jobName,
            List<Path> files,
            Configuration target,
            Stage stage) {
        Session session = new Session(settings, jobName, target);
        RuleReader reader = new RuleReader(session);
        files.forEach(reader::read);
        if (reader.rules().isEmpty()) {
            throw new RuleException(
                    "There is no rule in %s. A rule is 'INSERT INTO … SELECT … FROM \"topic\";'."
                            .formatted(files));
        }
        stage.beforeRules().accept(session.tables());
        List<String> assumed =
                stage.payloads()
                        .map(guess -> new AssumedTables(session, guess).declare(reader.rules()))
                        .orElse(List.of());
        JobPlan plan = new JobPlan(session, assumed);
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
            String insert = planner(rule).insert(rule, target);
            statements.addInsertSql(insert);
            planned.put(planned(rule, insert), rule);
            described.add("%s → %s".formatted(rule.name(), String.join(".", rule.target().names)));
        } catch (RuleException e) {
            throw e;
        } catch (RuntimeException e) {
            throw rule.error(e);
        }
    }

    private PlannedRule planned(Rule rule, String insert) {
        return new PlannedRule(
                rule.name(),
                String.join(".", rule.target().names),
                rule.statement().file().path(),
                rule.statement().file().line(rule.statement().offset()),
                rule.emqx().isPresent() ? Dialect.EMQX : Dialect.FLINK,
                topics.filters(rule),
                insert,
                rule.catalog(),
                rule.database());
    }

    /** The rules, as they were planned. */
    public List<PlannedRule> planned() {
        return List.copyOf(planned.keySet());
    }

    /** Queries that tell why a rule gives no row of a message. */
    public List<Probe> probes(PlannedRule rule) {
        use(rule);
        return planner(planned.get(rule)).probes(planned.get(rule));
    }

    /** Expressions of a rule that can fail. */
    public List<Suspect> suspects(PlannedRule rule) {
        use(rule);
        return planner(planned.get(rule)).suspects(planned.get(rule));
    }

    /** Makes current what is current for a rule. */
    public void use(PlannedRule rule) {
        session.tables().useCatalog(rule.catalog());
        session.tables().useDatabase(rule.database());
    }

    /** Definitions of the tables that were made up, since nobody knows them. */
    public List<String> assumed() {
        return assumed;
    }

    /** Where the rules were planned. */
    public TableEnvironment tables() {
        return session.tables();
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
