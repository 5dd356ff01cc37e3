package io.millrace.rule;

import io.millrace.rule.plan.JobPlan;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;

/** A job made of rule files: read, checked and planned, not yet started. Used by one thread. */
public final class RuleJob {
    /**
     * What the names of job parameters begin with that hold the names of the rules; a number
     * follows. Flink shows them ({@code /jobs/…/config}), while in its metrics names are changed.
     */
    public static final String RULE_PARAMETER = "millrace.rule.";

    private final String name;
    private final JobPlan plan;

    private RuleJob(String name, JobPlan plan) {
        this.name = name;
        this.plan = plan;
    }

    /**
     * Reads and plans the rules of all files as one job.
     *
     * @param target where the job will run and Flink's settings for it; {@link Settings#flink()}
     *     wins over it
     * @throws RuleException if a rule is wrong; the message is ready to print
     */
    public static RuleJob prepare(Settings settings, List<Path> files, Configuration target) {
        String name = settings.jobName().orElseGet(() -> defaultName(files));
        return new RuleJob(name, JobPlan.of(settings, name, files, target));
    }

    /** The name of a job for which the user gave none: the names of its files. */
    public static String defaultName(List<Path> files) {
        return String.join(
                "-", files.stream().map(file -> baseName(file)).distinct().sorted().toList());
    }

    private static String baseName(Path file) {
        return file.getFileName().toString().replaceFirst("\\.[^.]*$", "");
    }

    /** The job's name. */
    public String name() {
        return name;
    }

    /** A line for each topic that the job reads: the type that was derived for its payload. */
    public List<String> describe() {
        return plan.topics();
    }

    /** A line for each rule: its name and the table that it writes. */
    public List<String> rules() {
        return plan.rules();
    }

    /** What works in the rules and is probably not meant: ready to print, with its place. */
    public List<String> warnings() {
        return plan.findings().stream().map(Problem::text).toList();
    }

    /** Flink's own explanation of the plan. */
    public String explain() {
        return plan.explain();
    }

    /**
     * Starts the job where the target configuration says.
     *
     * @return a handle on the running job
     */
    public JobClient submit() {
        return plan.submit(new Configuration());
    }

    /**
     * Starts the job as {@link #submit()} does.
     *
     * @param more options of Flink's that were not known when it was planned, such as the savepoint
     *     to go on from
     */
    public JobClient submit(Configuration more) {
        return plan.submit(more);
    }

    /** The operators, by which the state of an earlier version is found. */
    public List<JobOperator> operators() {
        return plan.operators();
    }
}
