package io.millrace.rule.trial;

import io.millrace.rule.RuleException;
import io.millrace.rule.plan.JobPlan;
import io.millrace.rule.plan.PlannedRule;
import io.millrace.rule.plan.Probe;
import io.millrace.rule.plan.Suspect;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.StatementSet;
import org.apache.flink.table.api.TableDescriptor;
import org.apache.flink.table.api.TableEnvironment;

/** Runs rules over samples once, to the end or until they fail. Used by one thread. */
final class TrialJob {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** A message takes less, but the machine may be busy. */
    private static final Duration PER_MESSAGE = Duration.ofMillis(500);

    /** To find an expression among more takes too long. */
    private static final int MOST_SUSPECTS = 8;

    private final JobPlan plan;
    private final SampleTables tables;
    private final TrialLog log;
    private final Supplier<Configuration> target;
    private final Map<PlannedRule, List<Probe>> probes = new HashMap<>();
    private final Map<PlannedRule, List<String>> inserts = new HashMap<>();

    TrialJob(JobPlan plan, SampleTables tables, TrialLog log, Supplier<Configuration> target) {
        this.plan = plan;
        this.tables = tables;
        this.log = log;
        this.target = target;
        plan.planned().forEach(this::prepareProbes);
    }

    /**
     * What a run was.
     *
     * @param failure null if it went to the end
     */
    record Run(List<TrialEvent> events, Throwable failure) {}

    private void prepareProbes(PlannedRule rule) {
        List<Probe> asked = plan.probes(rule);
        List<String> statements = new ArrayList<>();
        for (int i = 0; i < asked.size(); i++) {
            String into = probeTable(rule, "probe", i, asked.get(i).columns());
            statements.add("INSERT INTO " + into + " " + asked.get(i).query());
        }
        probes.put(rule, asked);
        inserts.put(rule, statements);
    }

    /** A table of texts for what a probe gives. */
    private String probeTable(PlannedRule rule, String what, int number, int columns) {
        Schema.Builder schema = Schema.newBuilder();
        for (int column = 0; column < columns; column++) {
            schema.column("c" + column, DataTypes.STRING());
        }
        String name =
                "`%s %d of rule %s`"
                        .formatted(what.replace("`", "``"), number, rule.name().replace("`", "``"));
        plan.tables()
                .createTemporaryTable(
                        name,
                        TableDescriptor.forConnector(ShownTables.PROBE)
                                .schema(schema.build())
                                .option(ShownTables.PROBE_RULE, rule.name())
                                .option(ShownTables.PROBE_NUMBER, String.valueOf(number))
                                .build(),
                        true);
        return name;
    }

    /** What is asked about a rule's conditions. */
    List<Probe> probes(PlannedRule rule) {
        return probes.get(rule);
    }

    /**
     * Runs rules.
     *
     * @param numbers of the samples to read
     * @throws RuleException if nothing could be written, whatever the messages are
     */
    Run run(List<PlannedRule> rules, List<Sample> samples, List<Integer> numbers)
            throws IOException, InterruptedException {
        tables.read(samples, numbers);
        Throwable failure = null;
        try {
            JobClient job = start(statements(rules));
            failure = await(job, numbers.size());
        } finally {
            plan.use(rules.get(0));
        }
        List<TrialEvent> events = log.take();
        for (TrialEvent event : events) {
            if (event instanceof TrialEvent.Broke broke) {
                throw new RuleException(
                        "Rule '%s' can write nothing: %s".formatted(broke.rule(), broke.reason()),
                        failure);
            }
        }
        return new Run(events, failure);
    }

    /**
     * Finds the expression of a rule that fails on a message.
     *
     * @return its place; null if it is not found
     */
    String culprit(PlannedRule rule, List<Sample> samples, int number)
            throws IOException, InterruptedException {
        List<Suspect> suspects = plan.suspects(rule);
        if (suspects.size() == 1 || number < 0) {
            return suspects.size() == 1 ? suspects.get(0).place() : null;
        }
        for (int i = 0; i < Math.min(MOST_SUSPECTS, suspects.size()); i++) {
            tables.read(samples, List.of(number));
            String into = probeTable(rule, suspects.get(i).place(), 0, 1);
            StatementSet set = plan.tables().createStatementSet();
            set.addInsertSql("INSERT INTO " + into + " " + suspects.get(i).query());
            Throwable failure = await(start(set), 1);
            log.take();
            if (failure != null) {
                return suspects.get(i).place();
            }
        }
        return null;
    }

    private StatementSet statements(List<PlannedRule> rules) {
        TableEnvironment session = plan.tables();
        StatementSet set = session.createStatementSet();
        for (PlannedRule rule : rules) {
            plan.use(rule);
            set.addInsertSql(plan.insert(rule));
            inserts.get(rule).forEach(set::addInsertSql);
        }
        return set;
    }

    private JobClient start(StatementSet statements) {
        Configuration cluster = target.get();
        plan.tables().getConfig().addConfiguration(cluster);
        return plan.start(statements, cluster);
    }

    private static Throwable await(JobClient job, int messages) throws InterruptedException {
        Duration limit = PATIENCE.plus(PER_MESSAGE.multipliedBy(messages));
        try {
            job.getJobExecutionResult().get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return null;
        } catch (ExecutionException e) {
            return e.getCause();
        } catch (TimeoutException e) {
            job.cancel();
            throw new RuleException(
                    "The trial has not ended after %d s. Is there a table that has no end?"
                            .formatted(limit.toSeconds()),
                    e);
        }
    }
}
