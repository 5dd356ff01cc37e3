package io.millrace.cli.status;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * Shows jobs in Prometheus' text format, for a scrape or for the node exporter's text files. The
 * counters begin at 0 with each attempt of a job, as Prometheus expects of counters. Stateless.
 */
public final class PrometheusText {
    private static final double MILLIS = 1000;
    private static final double PERCENT = 100;

    private final StringBuilder out = new StringBuilder();
    private final List<JobStatus> jobs;

    private PrometheusText(List<JobStatus> jobs) {
        this.jobs = jobs;
    }

    /** The text, which ends with a line feed. */
    public static String of(List<JobStatus> jobs) {
        return new PrometheusText(jobs).write();
    }

    private String write() {
        job("job_running", "Whether all tasks run.", true, j -> some(running(j)));
        job("job_restarts_total", "Restarts of the job.", false, j -> some(j.restarts()));
        job(
                "checkpoints_completed_total",
                "Checkpoints that are complete.",
                false,
                j -> some(j.checkpoints().completed()));
        job(
                "checkpoints_failed_total",
                "Checkpoints that have failed.",
                false,
                j -> some(j.checkpoints().failed()));
        job(
                "checkpoint_timestamp_seconds",
                "When the newest complete checkpoint was triggered.",
                true,
                j -> last(j, c -> c.at().toEpochMilli() / MILLIS));
        job(
                "checkpoint_duration_seconds",
                "How long it took.",
                true,
                j -> last(j, c -> c.millis() / MILLIS));
        job("checkpoint_size_bytes", "Its size.", true, j -> last(j, c -> (double) c.bytes()));
        rule("received_total", "Messages received.", false, r -> some(r.account().received()));
        rule(
                "filtered_total",
                "Messages that the condition does not hold for.",
                false,
                r -> some(r.filtered()));
        rule(
                "passed_total",
                "Messages that the condition holds for.",
                false,
                r -> some(r.passed()));
        rule("written_total", "Rows that the target has.", false, r -> some(r.account().written()));
        rule(
                "dead_letters_total",
                "Messages and rows that can never succeed.",
                false,
                r -> some(r.account().deadLetters()));
        rule(
                "collisions_total",
                "Rows that gave way to a later one with the same key.",
                false,
                r -> some(r.account().collisions()));
        rule("in_flight", "Rows on their way.", true, r -> some(r.account().inFlight()));
        rule("waiting", "Messages in front of the rule.", true, r -> some(r.waiting()));
        rule("unacked", "Messages that are not acknowledged.", true, r -> some(r.unacked()));
        rule(
                "lag_seconds",
                "Age of the oldest message that is not acknowledged.",
                true,
                r -> OptionalDouble.of(r.lagMillis() / MILLIS));
        rule(
                "busy_ratio",
                "Share of the time that the busiest task works.",
                true,
                r -> ratio(r.busyPercent()));
        rule(
                "back_pressured_ratio",
                "Share of the time that the most held-back task waits for what is behind it.",
                true,
                r -> ratio(r.backPressuredPercent()));
        rule(
                "target_outage_seconds",
                "For how long the target has not answered.",
                true,
                r -> some(r.outageSeconds()));
        rule(
                "unaccounted",
                "Messages received beyond those that are accounted for; 0 when nothing moves.",
                true,
                r ->
                        r.account().isClaimed()
                                ? some(r.account().difference())
                                : OptionalDouble.empty());
        return out.toString();
    }

    private static long running(JobStatus job) {
        return job.state().equals("RUNNING") ? 1 : 0;
    }

    private static OptionalDouble some(long value) {
        return OptionalDouble.of(value);
    }

    private static OptionalDouble some(OptionalLong value) {
        return value.isPresent() ? some(value.getAsLong()) : OptionalDouble.empty();
    }

    private static OptionalDouble ratio(int percent) {
        return percent < 0 ? OptionalDouble.empty() : OptionalDouble.of(percent / PERCENT);
    }

    private static OptionalDouble last(
            JobStatus job, Function<JobStatus.Checkpoint, Double> value) {
        return job.checkpoints()
                .last()
                .map(checkpoint -> OptionalDouble.of(value.apply(checkpoint)))
                .orElse(OptionalDouble.empty());
    }

    private void job(
            String name, String help, boolean gauge, Function<JobStatus, OptionalDouble> value) {
        head("millrace_" + name, help, gauge);
        for (JobStatus job : jobs) {
            sample("millrace_" + name, "job=\"" + escaped(job.name()) + "\"", value.apply(job));
        }
    }

    private void rule(
            String name, String help, boolean gauge, Function<RuleStatus, OptionalDouble> value) {
        head("millrace_rule_" + name, help, gauge);
        for (JobStatus job : jobs) {
            for (RuleStatus rule : job.rules()) {
                sample(
                        "millrace_rule_" + name,
                        "job=\"" + escaped(job.name()) + "\",rule=\"" + escaped(rule.name()) + "\"",
                        value.apply(rule));
            }
        }
    }

    private void head(String name, String help, boolean gauge) {
        out.append("# HELP ").append(name).append(' ').append(help).append('\n');
        out.append("# TYPE ").append(name).append(gauge ? " gauge" : " counter").append('\n');
    }

    private void sample(String name, String labels, OptionalDouble value) {
        if (value.isEmpty()) {
            return;
        }
        double number = value.getAsDouble();
        boolean whole = number == Math.rint(number) && Math.abs(number) < 1L << 53;
        out.append(name)
                .append('{')
                .append(labels)
                .append("} ")
                .append(whole ? Long.toString((long) number) : Double.toString(number))
                .append('\n');
    }

    private static String escaped(String label) {
        return label.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }
}
