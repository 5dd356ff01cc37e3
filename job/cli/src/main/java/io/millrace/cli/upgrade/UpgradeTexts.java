package io.millrace.cli.upgrade;

import io.millrace.cli.fit.FitReport;
import io.millrace.cli.fit.StateFit;
import java.io.IOException;
import java.util.stream.Collectors;

/** What is said when a change does not work. Stateless. */
final class UpgradeTexts {
    static final String NOTHING_KEPT =
            "its rules are not kept on this machine (it was submitted elsewhere, or with another --state)";

    private UpgradeTexts() {}

    /** Why nothing is changed. */
    static String refused(String job, StateFit fit) {
        return """
                Job '%1$s' runs on unchanged, since state of it would be lost:
                %2$s
                Take back that change, or begin these anew:  millrace upgrade %1$s … --drop-state
                What they have counted so far is then missing in their next rows. All else goes on, and no message is lost: what was read is written or counted, and what arrives meanwhile waits at the broker."""
                .formatted(
                        job,
                        FitReport.reasons(fit).stream()
                                .map(reason -> "  " + reason)
                                .collect(Collectors.joining("\n")));
    }

    /** Why it cannot be known whether state fits. */
    static String unreadable(String job, String cause) {
        return """
                Job '%1$s' runs on unchanged: its savepoint cannot be read from this machine (%2$s).
                Let savepoints go to a folder that this machine shares with the cluster: --savepoint-dir URI. Or, if no rule has windows, joins or totals, leave out the check: --drop-state"""
                .formatted(job, cause);
    }

    /** How to go back by hand. */
    static String stopped(String job, String problem, KeptVersion kept, String savepoint)
            throws IOException {
        String rules =
                kept.files().isEmpty()
                        ? "<the rule files of the version before>"
                        : "%s --settings %s"
                                .formatted(
                                        kept.files().stream()
                                                .map(Object::toString)
                                                .collect(Collectors.joining(" ")),
                                        kept.settingsFile());
        return """
                Job '%s' is stopped; the version before is not started: %s.
                No message is lost while the broker keeps its session. Start the version before with:
                  millrace submit %s --name '%s' --from-savepoint '%s'"""
                .formatted(job, problem, rules, job, savepoint);
    }
}
