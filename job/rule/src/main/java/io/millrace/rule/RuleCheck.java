package io.millrace.rule;

import io.millrace.rule.plan.JobPlan;
import io.millrace.rule.plan.PlannedRule;
import io.millrace.rule.plan.PlannedTopic;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.configuration.Configuration;

/** Everything that can be known of rules without running them. Used by one thread. */
public final class RuleCheck {
    private final List<Path> files;
    private final boolean offline;
    private final JobPlan plan;

    private RuleCheck(List<Path> files, boolean offline, JobPlan plan) {
        this.files = List.copyOf(files);
        this.offline = offline;
        this.plan = plan;
    }

    /**
     * Checks the rules of all files as one job. Nothing is started and nothing is changed at any
     * server.
     *
     * @param target Flink's settings for the job; {@link Settings#flink()} wins over it
     * @param offline whether no server is asked; then targets are taken as the rules give them
     */
    public static RuleCheck of(
            Settings settings, List<Path> files, Configuration target, boolean offline) {
        String name = settings.jobName().orElseGet(() -> RuleJob.defaultName(files));
        return new RuleCheck(files, offline, JobPlan.check(settings, name, files, target, offline));
    }

    /** The files. */
    public List<Path> files() {
        return files;
    }

    /** Whether no server was asked. */
    public boolean isOffline() {
        return offline;
    }

    /** The rules that were read, whether they are right or not. */
    public List<PlannedRule> rules() {
        return plan.checkedRules();
    }

    /** The topics that rules read. */
    public List<PlannedTopic> topics() {
        return plan.checkedTopics();
    }

    /** Everything that was found. */
    public List<Problem> problems() {
        return plan.findings();
    }

    /** Why servers could not be asked, a line for each; no secret in it. */
    public List<String> unreachable() {
        return plan.unreachable();
    }

    /** How many there are of a severity. */
    public long count(Problem.Severity severity) {
        return problems().stream().filter(problem -> problem.severity() == severity).count();
    }

    /** Flink's own explanation of the plan; only if there is no error. */
    public String explain() {
        return plan.explain();
    }
}
