package io.millrace.cli.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cli.cluster.SessionCluster.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProofTest {
    private static final Instant BEGUN = Instant.parse("2026-11-23T02:00:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Progress RUNS = new Progress("RUNNING", true, 2, 2);
    private static final Progress STARTS = new Progress("RUNNING", false, 1, 2);
    private static final Progress RESTARTS = new Progress("RESTARTING", false, 0, 2);
    private static final Optional<String> NO_FAILURE = Optional.empty();
    private static final Optional<String> FAILURE = Optional.of("no such table");

    private final Proof proof = new Proof(BEGUN, PATIENCE);

    @Test
    void hasComeUpWhenItRunsAndACheckpointIsComplete() {
        assertThat(see(1, STARTS, 0, NO_FAILURE)).isEmpty();
        assertThat(see(2, RUNS, 0, NO_FAILURE)).isEmpty();
        assertThat(see(3, RUNS, 1, NO_FAILURE)).contains(Proof.Verdict.GOOD);
        assertThat(proof.since()).contains(BEGUN.plusSeconds(2));
    }

    @Test
    void hasNotComeUpWithACheckpointAloneIfItFailedAfterwards() {
        assertThat(see(1, RESTARTS, 1, FAILURE)).isEmpty();
        assertThat(see(20, RESTARTS, 1, FAILURE)).contains(bad("no such table"));
    }

    @Test
    void whatPassesByIsForgiven() {
        assertThat(see(1, RESTARTS, 0, FAILURE)).isEmpty();
        assertThat(see(9, RUNS, 1, FAILURE)).contains(Proof.Verdict.GOOD);
    }

    @Test
    void isGivenUpWhenItStartsAgainAndAgain() {
        assertThat(see(1, RESTARTS, 0, FAILURE)).isEmpty();
        assertThat(see(11, RUNS, 0, FAILURE)).isEmpty();
        assertThat(see(12, STARTS, 0, FAILURE)).contains(bad("no such table"));
    }

    @Test
    void isGivenUpAtOnceWhenItHasEnded() {
        assertThat(see(1, new Progress("FAILED", false, 0, 2), 0, FAILURE))
                .contains(bad("no such table"));
        assertThat(see(1, new Progress("CANCELED", false, 0, 2), 1, NO_FAILURE))
                .contains(bad("it has ended, canceled"));
    }

    @Test
    void isGivenUpWhenItDoesNotRunInTime() {
        assertThat(see(59, STARTS, 0, NO_FAILURE)).isEmpty();
        assertThat(see(60, STARTS, 0, NO_FAILURE)).contains(bad("1 of 2 tasks run after 60 s"));
    }

    @Test
    void aServerThatDoesNotAnswerIsNotTheVersionsFault() {
        assertThat(see(60, RUNS, 0, NO_FAILURE)).contains(Proof.Verdict.GOOD);
    }

    private Optional<Proof.Verdict> see(
            int second, Progress progress, long checkpoints, Optional<String> failure) {
        return proof.see(BEGUN.plusSeconds(second), progress, checkpoints, failure);
    }

    private static Proof.Verdict bad(String problem) {
        return new Proof.Verdict(Optional.of(problem));
    }
}
