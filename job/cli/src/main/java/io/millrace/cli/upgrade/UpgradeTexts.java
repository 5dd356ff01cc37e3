package io.millrace.cli.upgrade;

import io.millrace.cli.cluster.ShellWord;
import io.millrace.cli.fit.FitReport;
import io.millrace.cli.fit.StateFit;
import java.util.List;
import java.util.Optional;

/** What is said when a change does not work. Stateless. */
final class UpgradeTexts {
    static final String NOTHING_KEPT =
            "its rules are not kept on this machine (it was submitted elsewhere, or with another --state)";

    static final String NO_WAY_BACK =
            "Should the new version not come up, the one before cannot be started again from here: "
                    + NOTHING_KEPT
                    + ".";

    static final String UNSEEN =
            "What becomes of the state is not known, since it cannot be read from this machine. As"
                    + " --drop-state says, Flink takes over what it finds, and what has changed"
                    + " begins anew.";

    private UpgradeTexts() {}

    /** Why nothing is changed. */
    static String refused(String job, StateFit fit) {
        return """
                Job '%s' runs on unchanged, since state of it would be lost:
                  %s
                Take back that change, or begin these anew:  millrace upgrade %s … --drop-state
                What they have counted so far is then missing in their next rows. All else goes on, and no message is lost: what was read is written or counted, and what arrives meanwhile waits at the broker."""
                .formatted(job, String.join("\n  ", FitReport.reasons(fit)), ShellWord.of(job));
    }

    /** Why it cannot be known whether state fits. */
    static String unreadable(String job, String cause) {
        return """
                Job '%s' runs on unchanged, since it cannot be seen what would become of its state.
                %s
                Let savepoints go to a folder that this machine shares with the cluster: --savepoint-dir URI. Or, if no rule has windows, joins or totals, leave out the check: --drop-state"""
                .formatted(job, sentence(cause));
    }

    /** What was not there yet when the running job was looked at. */
    static String lostMeanwhile(List<String> losses) {
        return """
                when the job stopped it had more state to lose than when it was looked at:
                  %s
                To begin that anew: --drop-state"""
                .formatted(String.join("\n  ", losses));
    }

    /** The same where it may be lost. */
    static String droppedMeanwhile(List<String> losses) {
        return "When the job stopped this was lost, as --drop-state says:\n  %s"
                .formatted(String.join("\n  ", losses));
    }

    /** That the version before runs. */
    static String back(
            String job, String id, String away, Optional<String> failed, boolean acknowledged) {
        StringBuilder text = new StringBuilder();
        text.append(
                "The version before runs again, as %s, from the savepoint that it was stopped with. It was away for %s; what arrived meanwhile waited at the broker, and no message is lost."
                        .formatted(id, away));
        if (acknowledged) {
            text.append(
                    "\nThe new version had completed a checkpoint: what it read is written by its rules and may be missing in windows and totals of the version before.");
        }
        text.append("\nMend what is wrong, then:  millrace upgrade ")
                .append(ShellWord.of(job))
                .append(" …");
        failed.ifPresent(
                other -> text.append("\nWhat the new version logged:  millrace logs " + other));
        return text.toString();
    }

    /** That the new version runs and could not be copied. */
    static String notKept(String cause) {
        return "The new version's rules could not be kept on this machine (%s), so the next upgrade cannot go back to them."
                .formatted(cause);
    }

    /** How to go back by hand. */
    static String stopped(String job, String problem, String command) {
        return """
                Job '%s' is stopped; the version before does not run: %s
                No message is lost while the broker keeps its session. Start the version before with:
                  %s"""
                .formatted(job, sentence(problem), command);
    }

    /** With a full stop, if it has no end of its own. */
    static String sentence(String text) {
        return text.matches("(?s).*([.!?]|--drop-state)") ? text : text + ".";
    }
}
