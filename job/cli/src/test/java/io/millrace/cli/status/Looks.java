package io.millrace.cli.status;

import io.millrace.cli.flink.CheckpointFailure;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A look at a job, for tests of how it is shown. */
final class Looks {
    private static final Instant AT = Instant.parse("2026-11-23T02:00:00Z");

    private Looks() {}

    static JobStatus of(RuleStatus... rules) {
        return new JobStatus(
                AT,
                "plant \"7\"",
                "9f8e",
                "RUNNING",
                AT.minusSeconds(3_725),
                URI.create("http://127.0.0.1:8081"),
                2,
                new JobStatus.Checkpoints(
                        57,
                        1,
                        Optional.of(new JobStatus.Checkpoint(57, AT.minusMillis(200), 31, 12_345)),
                        Optional.of(new CheckpointFailure(AT, "No space"))),
                Optional.of(new JobStatus.Failure(AT.minusSeconds(60), "connection refused")),
                List.of(rules));
    }

    static RuleStatus plain(long received) {
        return new RuleStatus(
                "temp_hum",
                new Account(received, 2_000, 7_950, 0, 0, 10, 40, ""),
                OptionalLong.of(8_000),
                OptionalLong.of(2_000),
                3,
                50,
                240,
                7,
                0,
                0);
    }

    static RuleStatus window() {
        return new RuleStatus(
                "hourly",
                new Account(10_000, 0, 12, 0, 0, 0, 0, "a row of it may be made of several"),
                OptionalLong.empty(),
                OptionalLong.empty(),
                0,
                50,
                240,
                -1,
                -1,
                12);
    }
}
