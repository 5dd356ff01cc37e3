package io.millrace.cli.upgrade;

import io.millrace.cli.cluster.SessionCluster.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * Decides whether a job that was submitted has come up: all of its tasks run, and a checkpoint is
 * complete. Pure logic. Not thread-safe.
 */
final class Proof {
    /** For how long a job that fails may start again; what passes by passes in that time. */
    static final Duration SECOND_CHANCE = Duration.ofSeconds(10);

    private final Duration patience;
    private final Instant end;
    private Instant lastChance = Instant.MAX;
    private Optional<Instant> since = Optional.empty();

    Proof(Instant begun, Duration patience) {
        this.patience = patience;
        this.end = begun.plus(patience);
    }

    /**
     * What is decided.
     *
     * @param problem what is wrong; empty if it has come up
     */
    record Verdict(Optional<String> problem) {
        static final Verdict GOOD = new Verdict(Optional.empty());
    }

    /** When all tasks were seen to run first. */
    Optional<Instant> since() {
        return since;
    }

    /**
     * Takes notice of how it stands.
     *
     * @param checkpoints that it has completed
     * @param failure why it failed last, if it did
     * @return empty if more has to be seen
     */
    Optional<Verdict> see(
            Instant now, Progress progress, long checkpoints, Optional<String> failure) {
        if (progress.hasEnded()) {
            return bad(
                    failure.orElse("it has ended, " + progress.state().toLowerCase(Locale.ROOT)));
        }
        if (progress.runs()) {
            since = since.or(() -> Optional.of(now));
            if (checkpoints > 0) {
                return Optional.of(Verdict.GOOD);
            }
        }
        if (failure.isPresent() && lastChance.equals(Instant.MAX)) {
            lastChance = now.plus(SECOND_CHANCE);
        }
        if (now.isAfter(lastChance)) {
            return bad(failure.orElse("it starts again and again"));
        }
        return now.isBefore(end) ? Optional.empty() : Optional.of(atLast(progress, failure));
    }

    private Verdict atLast(Progress progress, Optional<String> failure) {
        if (progress.runs() && failure.isEmpty()) {
            // A checkpoint waits for TDengine, whatever the version.
            return Verdict.GOOD;
        }
        return new Verdict(
                failure.or(
                        () ->
                                Optional.of(
                                        "%d of %d tasks run after %d s"
                                                .formatted(
                                                        progress.tasksUp(),
                                                        progress.tasks(),
                                                        patience.toSeconds()))));
    }

    private static Optional<Verdict> bad(String problem) {
        return Optional.of(new Verdict(Optional.of(problem)));
    }
}
