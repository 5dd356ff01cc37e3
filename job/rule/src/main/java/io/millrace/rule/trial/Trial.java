package io.millrace.rule.trial;

import io.millrace.mqtt.client.TopicFilter;
import io.millrace.rule.RuleJob;
import io.millrace.rule.Settings;
import io.millrace.rule.plan.JobPlan;
import io.millrace.rule.plan.PayloadGuess;
import io.millrace.rule.plan.PlannedRule;
import io.millrace.tdengine.catalog.TDengineCatalog;
import io.millrace.tdengine.declared.DeclaredTables;
import java.io.IOException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.api.TableEnvironment;

/**
 * Rules that are ready to be tried on messages. They are planned as {@link RuleJob} plans them, but
 * read samples instead of a broker's messages, and what they write is told and written nowhere: no
 * connection is made but, if that is wanted, to ask TDengine what its tables look like. Used by one
 * thread.
 */
public final class Trial implements AutoCloseable {
    /** So many messages may fail before the rest is not tried. */
    private static final int MOST_FAILURES = 10;

    private final JobPlan plan;
    private final TrialJob job;
    private final TrialLog log;

    private Trial(JobPlan plan, TrialJob job, TrialLog log) {
        this.plan = plan;
        this.job = job;
        this.log = log;
    }

    /**
     * Reads and plans the rules.
     *
     * @param payloads what payloads look like, for tables that nobody knows; asked only offline
     * @throws io.millrace.rule.RuleException if a rule is wrong
     */
    public static Trial prepare(TrialRequest request, PayloadGuess payloads) throws IOException {
        Settings settings = TrialSettings.of(request);
        TrialLog log = TrialLog.create();
        SampleTables samples = new SampleTables(log, request.offline());
        Map<String, DeclaredTables> declared = new HashMap<>();
        DeclaredTables elsewhere = DeclaredTables.of(request.tables());
        Clock clock =
                request.clock()
                        .map(moment -> Clock.fixed(moment, ZoneOffset.UTC))
                        .orElse(Clock.systemUTC());
        ShownTables shown =
                new ShownTables(
                        log,
                        request.offline(),
                        url -> declared.getOrDefault(url, elsewhere),
                        clock);
        JobPlan plan =
                JobPlan.of(
                        settings,
                        settings.jobName().orElseGet(() -> RuleJob.defaultName(request.files())),
                        request.files(),
                        new Configuration(),
                        new JobPlan.Stage(
                                tables -> {
                                    tables.loadModule(
                                            TrialModule.NAME, new TrialModule(samples, shown));
                                    TrialSettings.apply(tables);
                                    declared.putAll(declared(tables));
                                },
                                request.offline() ? Optional.of(payloads) : Optional.empty()));
        return new Trial(plan, new TrialJob(plan, samples, log, request.target()), log);
    }

    private static Map<String, DeclaredTables> declared(TableEnvironment tables) {
        Map<String, DeclaredTables> declared = new HashMap<>();
        for (String name : tables.listCatalogs()) {
            if (tables.getCatalog(name).orElse(null) instanceof TDengineCatalog catalog) {
                catalog.declared().ifPresent(known -> declared.put(catalog.url(), known));
            }
        }
        return declared;
    }

    /** The rules. */
    public List<PlannedRule> rules() {
        return plan.planned();
    }

    /** A line for each topic: the type that was derived for its payload. */
    public List<String> topics() {
        return plan.topics();
    }

    /** Definitions of the tables that were made up, since nobody knows them. */
    public List<String> assumed() {
        return plan.assumed();
    }

    /** Whether a rule reads a message's topic. */
    static boolean reads(PlannedRule rule, Sample sample) {
        return rule.topics().stream()
                .anyMatch(filter -> TopicFilter.parse(filter).matches(sample.topic()));
    }

    /**
     * Gives samples to the rules, one after the other. A message on which a rule fails, and with it
     * the job, is left out for that rule in another run from the beginning.
     */
    public TrialResult run(List<Sample> samples) throws IOException, InterruptedException {
        TrialReport report = new TrialReport(samples, rules(), job::probes);
        Attempts together = new Attempts(rules(), samples);
        if (together.run(rules().size() == 1) || rules().size() == 1) {
            together.tell(report);
        } else {
            // Each on its own, since one that fails takes the others with it.
            for (PlannedRule rule : rules()) {
                Attempts alone = new Attempts(List.of(rule), samples);
                alone.run(true);
                alone.tell(report);
            }
        }
        return report.result();
    }

    /** The runs of some rules, until they go to the end. */
    private final class Attempts {
        private final List<PlannedRule> rules;
        private final List<Sample> samples;
        private final Map<Integer, TrialResult.RuleFailure> failures = new HashMap<>();
        private List<TrialEvent> events = List.of();
        private int notTriedFrom = Integer.MAX_VALUE;

        Attempts(List<PlannedRule> rules, List<Sample> samples) {
            this.rules = rules;
            this.samples = samples;
        }

        /**
         * @param leavesOut whether messages that fail are left out
         * @return whether it went to the end at once
         */
        boolean run(boolean leavesOut) throws IOException, InterruptedException {
            while (true) {
                List<Integer> numbers = new ArrayList<>();
                for (int i = 0; i < samples.size() && i < notTriedFrom; i++) {
                    if (!failures.containsKey(i)) {
                        numbers.add(i);
                    }
                }
                TrialJob.Run run = job.run(rules, samples, numbers);
                events = run.events();
                if (run.failure() == null) {
                    return failures.isEmpty();
                }
                if (!leavesOut) {
                    return false;
                }
                int number = lastBegun(run);
                failures.put(
                        number,
                        new TrialResult.RuleFailure(
                                FailureTexts.of(run.failure()),
                                job.culprit(rules.get(0), samples, number)));
                if (number == TrialReport.END) {
                    return false;
                }
                if (failures.size() == MOST_FAILURES) {
                    notTriedFrom = number + 1;
                }
            }
        }

        private int lastBegun(TrialJob.Run run) {
            Integer last = null;
            for (TrialEvent event : run.events()) {
                if (event instanceof TrialEvent.Began began) {
                    last = began.message();
                } else if (event instanceof TrialEvent.AllRead) {
                    last = TrialReport.END;
                }
            }
            if (last == null) {
                throw new IllegalStateException(
                        "The trial cannot start: " + FailureTexts.of(run.failure()), run.failure());
            }
            return last;
        }

        void tell(TrialReport report) {
            report.add(rules, events);
            failures.forEach((number, failure) -> report.failed(rules.get(0), number, failure));
            report.notTried(rules, notTriedFrom);
        }
    }

    @Override
    public void close() throws IOException {
        log.delete();
    }
}
