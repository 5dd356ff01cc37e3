package io.millrace.cli.connection;

import io.millrace.common.probe.Check;
import io.millrace.common.probe.Verdict;
import java.util.List;

/**
 * What became of the test of one connection.
 *
 * @param url without secrets
 */
public record ConnectionReport(String name, String type, String url, List<Check> checks) {
    public ConnectionReport {
        checks = List.copyOf(checks);
    }

    /** The worst of the checks; one that is not known counts for nothing. */
    public Verdict verdict() {
        if (has(Verdict.BAD)) {
            return Verdict.BAD;
        }
        return has(Verdict.WARNING) ? Verdict.WARNING : Verdict.GOOD;
    }

    private boolean has(Verdict verdict) {
        return checks.stream().anyMatch(check -> check.verdict() == verdict);
    }
}
