package io.millrace.rule.plan;

import io.millrace.rule.JobOperator;
import io.millrace.rule.Problem;
import io.millrace.rule.RuleException;
import io.millrace.rule.Settings;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.table.api.StatementSet;
import org.apache.flink.table.api.TableEnvironment;

/**
 * Plans the rules of a job. In this order: all statements that are no rules take effect as they are
 * read; the uses of payload members are noted over all rules; the topics become tables with the
 * types that this gave; each rule is planned as its dialect asks.
 */
public final class JobPlan {
    private final Session session;
    private final Findings findings;
    private final RuleReader reader;
    private List<String> assumed = List.of();
    private final TopicNames names;
    private final TopicTables topics;
    private final PlannerErrors errors;
    private final RulePlanner flink;
    private final RulePlanner emqx;
    private final StatementSet statements;
    private final Map<Rule, String> planned = new LinkedHashMap<>();
    private List<TopicTable> tables = List.of();
    private RecordedGraph graph;

    private JobPlan(
            Settings settings,
            String jobName,
            Configuration target,
            Findings findings,
            boolean offline) {
        this.findings = findings;
        this.session = new Session(settings, jobName, target, findings, offline);
        this.reader = new RuleReader(session, findings);
        this.names = new TopicNames(session);
        this.topics = new TopicTables(session, names);
        this.errors = new PlannerErrors(session, topics);
        this.flink = new FlinkRules(session, topics);
        this.emqx = new EmqxRules(session, topics, findings);
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

    /** Plans a trial of a job. */
    public static JobPlan of(
            Settings settings,
            String jobName,
            List<Path> files,
            Configuration target,
            Stage stage) {
        return plan(settings, jobName, files, target, Findings.ofRun(), false, stage);
    }

    /**
     * Plans a job to find out what is wrong with it; see {@link io.millrace.rule.RuleCheck#of}.
     * Nothing is changed at any server.
     *
     * @param offline whether no server is asked
     */
    public static JobPlan check(
            Settings settings,
            String jobName,
            List<Path> files,
            Configuration target,
            boolean offline) {
        return plan(
                settings, jobName, files, target, Findings.ofCheck(), offline, Stage.PRODUCTION);
    }

    private static JobPlan plan(
            Settings settings,
            String jobName,
            List<Path> files,
            Configuration target,
            Findings findings,
            boolean offline,
            Stage stage) {
        JobPlan plan = new JobPlan(settings, jobName, target, findings, offline);
        files.forEach(plan.reader::read);
        if (plan.reader.rules().isEmpty() && !findings.hasErrors()) {
            findings.failed(
                    new RuleException(
                            "There is no rule in %s. A rule is 'INSERT INTO … SELECT … FROM \"topic\";'."
                                    .formatted(files)));
        }
        stage.beforeRules().accept(plan.session.tables());
        plan.assumed =
                stage.payloads()
                        .map(guess -> new AssumedTables(plan.session, guess))
                        .map(tables -> tables.declare(plan.reader.rules()))
                        .orElse(List.of());
        plan.plan();
        return plan;
    }

    private void plan() {
        Map<Rule, Target> targets = new LinkedHashMap<>();
        for (Rule rule : reader.rules()) {
            target(rule).ifPresent(target -> targets.put(rule, target));
        }
        targets.entrySet()
                .removeIf(
                        entry ->
                                !attempt(
                                        entry.getKey(),
                                        () ->
                                                planner(entry.getKey())
                                                        .note(entry.getKey(), entry.getValue())));
        Set<String> failed = new HashSet<>();
        tables = topics.register(findings, failed);
        targets.forEach(
                (rule, target) -> {
                    if (!failed.contains(rule.name())) {
                        attempt(rule, () -> plan(rule, target));
                    }
                });
        if (findings.isCheck()) {
            compile();
        }
    }

    /** Where a rule writes; if that is wrong, a check goes on with its query. */
    private Optional<Target> target(Rule rule) {
        try {
            return Optional.of(Target.of(session, names, rule));
        } catch (RuleException wrong) {
            findings.failed(wrong);
            return wrong instanceof LeftOut
                    ? Optional.empty()
                    : Optional.of(
                            new UnknownTarget(
                                    rule,
                                    Session.qualify(
                                            rule.target().names, rule.catalog(), rule.database()),
                                    Optional.empty()));
        }
    }

    private RulePlanner planner(Rule rule) {
        return rule.emqx().isPresent() ? emqx : flink;
    }

    private boolean attempt(Rule rule, Runnable step) {
        use(rule);
        return findings.attempt(
                () -> {
                    try {
                        step.run();
                    } catch (RuleException e) {
                        throw e;
                    } catch (RuntimeException e) {
                        throw ServerAwayException.isCauseOf(e)
                                ? LeftOut.because(rule, "a table of a server that is not asked")
                                : errors.of(rule, e);
                    }
                });
    }

    private void plan(Rule rule, Target target) {
        target.connector().ifPresent(type -> Declarations.check(rule, type, findings));
        Planned result = planner(rule).insert(rule, target);
        if (findings.isCheck()) {
            inspect(rule, target, result);
        }
        result.statement()
                .ifPresent(
                        sql -> {
                            statements.addInsertSql(sql);
                            planned.put(rule, sql);
                        });
    }

    private void inspect(Rule rule, Target target, Planned result) {
        RulePlanner planner = planner(rule);
        List<TopicNames.Found> read = topics.topics(rule);
        boolean journal = !read.isEmpty() && read.stream().allMatch(TopicNames.Found::isJournalled);
        TargetInspection inspection =
                new TargetInspection(session, findings, planner, rule, result, journal);
        if (target instanceof TableTarget table) {
            inspection.inspect(table);
        } else if (target instanceof UnknownTarget unknown) {
            inspection.inspect(unknown);
        }
        new TopicInspection(findings, planner, rule, result)
                .inspect(read, session.declaredTopics());
    }

    /**
     * Lets Flink make all that it would make to run the rules. Together is faster; only if that
     * fails each is tried, to find out which it is.
     */
    private void compile() {
        if (planned.isEmpty()) {
            return;
        }
        try {
            statements.explain();
        } catch (RuntimeException all) {
            planned.entrySet()
                    .removeIf(
                            entry ->
                                    !attempt(
                                            entry.getKey(),
                                            () -> session.tables().explainSql(entry.getValue())));
            if (!findings.hasErrors()) {
                findings.failed(new RuleException(Session.rootMessage(all), all));
            }
        }
    }

    /** The rules that were planned. */
    public List<PlannedRule> planned() {
        return planned.keySet().stream()
                .map(rule -> PlannedRule.of(rule, topics.topics(rule)))
                .toList();
    }

    private Rule rule(PlannedRule rule) {
        return planned.keySet().stream()
                .filter(known -> known.name().equals(rule.name()))
                .findFirst()
                .orElseThrow();
    }

    /** Flink's statement of a rule, for the session as {@link #use} leaves it. */
    public String insert(PlannedRule rule) {
        return planned.get(rule(rule));
    }

    /** Queries that tell why a rule gives no row of a message. */
    public List<Probe> probes(PlannedRule rule) {
        use(rule);
        return planner(rule(rule)).probes(rule(rule));
    }

    /** Expressions of a rule that can fail. */
    public List<Suspect> suspects(PlannedRule rule) {
        use(rule);
        return planner(rule(rule)).suspects(rule(rule));
    }

    /** Makes current what is current for a rule. */
    public void use(PlannedRule rule) {
        use(rule(rule));
    }

    private void use(Rule rule) {
        session.tables().useCatalog(rule.catalog());
        if (rule.database() != null) {
            session.tables().useDatabase(rule.database());
        }
    }

    /** Definitions of the tables that were made up, since nobody knows them. */
    public List<String> assumed() {
        return assumed;
    }

    /** Where the rules were planned. */
    public TableEnvironment tables() {
        return session.tables();
    }

    /** What was found, with its place. */
    public List<Problem> findings() {
        return findings.all();
    }

    /** The rules that were read, whether they are right or not. */
    public List<PlannedRule> checkedRules() {
        return reader.rules().stream()
                .map(rule -> PlannedRule.of(rule, topics.topics(rule)))
                .toList();
    }

    /** The topics that rules read. */
    public List<PlannedTopic> checkedTopics() {
        String jobName = session.tables().getConfig().get(PipelineOptions.NAME);
        return tables.stream().map(table -> PlannedTopic.of(table, jobName)).toList();
    }

    /** Why servers could not be asked, a line for each. */
    public List<String> unreachable() {
        return session.connections().checked().stream()
                .flatMap(catalog -> catalog.failure().stream())
                .toList();
    }

    /** A line for each topic. */
    public List<String> topics() {
        return tables.stream().map(TopicTable::line).toList();
    }

    /** A line for each rule. */
    public List<String> rules() {
        return planned.keySet().stream()
                .map(rule -> "%s → %s".formatted(rule.name(), PlannedRule.target(rule)))
                .toList();
    }

    /**
     * Flink's explanation of the plan, as long as its operators were not asked for; empty if there
     * is none.
     */
    public String explain() {
        return planned.isEmpty() ? "" : statements.explain();
    }

    /** The operators of the job, which has to be planned to its end for that. */
    public List<JobOperator> operators() {
        return graph().operators();
    }

    /**
     * Starts the job.
     *
     * @param more options of Flink's beside those that it was planned with
     */
    public JobClient submit(Configuration more) {
        return graph().submit(more);
    }

    /**
     * Starts other statements in this job's tables, as a trial does.
     *
     * @param more options of Flink's beside those that the job was planned with
     */
    public JobClient start(StatementSet others, Configuration more) {
        return RecordedGraph.of(session, others).submit(more);
    }

    private RecordedGraph graph() {
        if (graph == null) {
            graph = RecordedGraph.of(session, statements, planned.keySet());
        }
        return graph;
    }
}
