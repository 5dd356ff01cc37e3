package io.millrace.cli.cluster;

import io.millrace.cli.fit.FitReport;
import io.millrace.cli.fit.Restore;
import io.millrace.cli.fit.UnreadableStateException;
import io.millrace.rule.JobOperator;
import java.util.List;

/**
 * The savepoint or checkpoint that a submission is to go on from. What can be known is found out
 * before anything is submitted.
 *
 * @param place as the user gave it
 * @param dropState whether what the job cannot go on with may be left aside
 */
record GivenState(String place, boolean dropState) {

    /**
     * What there is to go on from.
     *
     * @param restore how to start
     * @param report lines that say what becomes of the state
     */
    record Found(Restore restore, List<String> report) {}

    /**
     * Compares it with the job.
     *
     * @throws ClusterException if the job cannot go on from it
     */
    Found with(List<JobOperator> operators) {
        Restore restore;
        try {
            restore = Restore.of(place, operators);
        } catch (UnreadableStateException e) {
            if (!e.isOnlyHere()) {
                throw new ClusterException(
                        e.getMessage()
                                + System.lineSeparator()
                                + "Nothing is submitted. --from-savepoint takes what 'millrace"
                                + " stop' or 'millrace cancel' has printed.",
                        e);
            }
            return new Found(Restore.unseen(place, dropState), List.of(handedOver(e)));
        }
        if (!restore.fit().isWhole() && !dropState) {
            throw new ClusterException(refused(restore));
        }
        return new Found(restore, FitReport.lines(restore.fit(), operators));
    }

    private String handedOver(UnreadableStateException e) {
        return e.getMessage()
                + System.lineSeparator()
                + (dropState
                        ? "So Flink takes over what it finds; what has changed begins anew."
                        : "So Flink finds out whether the job can go on from it, and does not start"
                                + " it otherwise.");
    }

    private String refused(Restore restore) {
        return """
                Nothing is submitted, since state in %s would be lost:
                  %s
                Submit the rules that it is of, or begin these anew: --drop-state. What they had counted is then missing in their next rows; all else goes on."""
                .formatted(place, String.join("\n  ", FitReport.reasons(restore.fit())));
    }
}
