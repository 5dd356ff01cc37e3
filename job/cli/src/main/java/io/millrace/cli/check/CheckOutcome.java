package io.millrace.cli.check;

import io.millrace.rule.Problem;
import io.millrace.rule.RuleCheck;
import io.millrace.rule.plan.PlannedRule;
import io.millrace.rule.plan.PlannedTopic;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.ExitCode;

/**
 * What a check found.
 *
 * @param offline whether no server was asked, as wanted
 * @param unreachable why servers could not be asked, a line for each
 * @param explain Flink's explanation; empty if it is not wanted or there are errors
 * @param strict whether warnings count as errors
 */
public record CheckOutcome(
        List<Path> files,
        List<PlannedRule> rules,
        List<PlannedTopic> topics,
        List<Problem> problems,
        boolean offline,
        List<String> unreachable,
        String explain,
        boolean strict) {

    /** Of a check that was made. */
    public static CheckOutcome of(RuleCheck check, boolean explained, boolean strict) {
        boolean wrong = check.count(Problem.Severity.ERROR) > 0;
        return new CheckOutcome(
                check.files(),
                check.rules(),
                check.topics(),
                check.problems(),
                check.isOffline(),
                check.unreachable(),
                explained && !wrong && !check.rules().isEmpty() ? check.explain() : "",
                strict);
    }

    /** Of a check that could not even begin. */
    public static CheckOutcome failed(List<Path> files, List<Problem> problems) {
        return new CheckOutcome(files, List.of(), List.of(), problems, false, List.of(), "", false);
    }

    /** How many problems there are of a severity. */
    long count(Problem.Severity severity) {
        return problems.stream().filter(problem -> problem.severity() == severity).count();
    }

    /** The exit code of the command. */
    public int exitCode() {
        boolean wrong =
                count(Problem.Severity.ERROR) > 0 || strict && count(Problem.Severity.WARNING) > 0;
        if (wrong) {
            return ExitCode.USAGE;
        }
        return unreachable.isEmpty() ? ExitCode.OK : ExitCode.SOFTWARE;
    }
}
