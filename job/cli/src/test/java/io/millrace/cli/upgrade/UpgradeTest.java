package io.millrace.cli.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cli.cluster.ClusterException;
import io.millrace.cli.cluster.SubmitRequest;
import io.millrace.cli.fit.SavedOperator;
import io.millrace.cli.fit.StateFit;
import io.millrace.cli.terminal.Screen;
import io.millrace.rule.OperatorUid;
import io.millrace.rule.Settings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class UpgradeTest {
    private static final StateFit WHOLE = fit(0);
    private static final StateFit LOSSY = fit(3);

    private final FakeSteps steps = new FakeSteps();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private boolean dropState;
    private boolean dryRun;

    @Test
    void stopsComparesStartsAndKeeps() throws Exception {
        assertThat(run()).isZero();
        assertThat(steps.done)
                .containsExactly("look", "stop", "compare sp", "start", "await new", "keep new");
        assertThat(output())
                .contains("Stopped; savepoint sp", "The new version runs as new. The job was away");
    }

    @Test
    void changesNothingIfStateWouldBeLost() throws Exception {
        steps.seen = Optional.of(LOSSY);
        assertThat(run()).isEqualTo(1);
        assertThat(steps.done).containsExactly("look");
        assertThat(output())
                .contains(
                        "Job 'the plant' runs on unchanged, since state of it would be lost:",
                        "  Rule 'totals' holds 3 open windows",
                        "millrace upgrade 'the plant' … --drop-state");
    }

    @Test
    void losesItIfThatIsSaid() throws Exception {
        steps.seen = Optional.of(LOSSY);
        steps.found = Optional.of(LOSSY);
        dropState = true;
        assertThat(run()).isZero();
        assertThat(output()).doesNotContain("When the job stopped this was lost");
    }

    @Test
    void onlyLooksInADryRun() throws Exception {
        dryRun = true;
        assertThat(run()).isZero();
        assertThat(steps.done).containsExactly("look");
        assertThat(output()).contains("Nothing is changed: --dry-run.");
    }

    @Test
    void goesBackIfTheNewVersionDoesNotComeUp() throws Exception {
        steps.version.problem = Optional.of("no such table");
        assertThat(run()).isEqualTo(1);
        assertThat(steps.done)
                .containsExactly(
                        "look",
                        "stop",
                        "compare sp",
                        "start",
                        "await new",
                        "end new",
                        "undo",
                        "start before sp",
                        "await old");
        assertThat(output())
                .contains(
                        "The new version does not come up: no such table.",
                        "The version before runs again, as old,",
                        "no message is lost",
                        "Mend what is wrong, then:  millrace upgrade 'the plant' …",
                        "millrace logs new")
                .doesNotContain("had completed a checkpoint");
    }

    @Test
    void tellsThatTheNewVersionHadReadMessages() throws Exception {
        steps.version.problem = Optional.of("no such table");
        steps.version.acknowledged = true;
        run();
        assertThat(output()).contains("The new version had completed a checkpoint");
    }

    @Test
    void goesBackIfTheNewVersionIsRefused() throws Exception {
        steps.refusal = new ClusterException("a slot is missing", new IOException("nack"));
        assertThat(run()).isEqualTo(1);
        assertThat(steps.done).endsWith("start", "undo", "start before sp", "await old");
        assertThat(output()).contains("does not come up: a slot is missing.");
    }

    @Test
    void goesBackIfTheSavepointCannotBeRead() throws Exception {
        steps.unreadable = new IOException("the disk is gone");
        assertThat(run()).isEqualTo(1);
        assertThat(steps.done).endsWith("compare sp", "undo", "start before sp", "await old");
    }

    @Test
    void losesNothingSilentlyThatCameBetweenTheLookAndTheEnd() throws Exception {
        steps.found = Optional.of(LOSSY);
        assertThat(run()).isEqualTo(1);
        assertThat(steps.done).endsWith("compare sp", "undo", "start before sp", "await old");
        assertThat(output())
                .contains(
                        "when the job stopped it had more state to lose than when it was looked at:",
                        "  Rule 'totals' holds 3 open windows",
                        "To begin that anew: --drop-state");
    }

    @Test
    void tellsWhatWasLostBetweenTheLookAndTheEndIfItMayBe() throws Exception {
        steps.found = Optional.of(LOSSY);
        dropState = true;
        assertThat(run()).isZero();
        assertThat(output())
                .contains(
                        "When the job stopped this was lost, as --drop-state says:",
                        "  Rule 'totals' holds 3 open windows");
    }

    @Test
    void saysHowToGoBackByHandIfThatFailsToo() throws Exception {
        steps.version.problem = Optional.of("no such table");
        steps.before.problem = Optional.of("no slots");
        assertThat(run()).isEqualTo(1);
        assertThat(output())
                .contains(
                        "Job 'the plant' is stopped; the version before does not run: no slots.",
                        "millrace submit old.sql");
    }

    @Test
    void startsNothingBesideAVersionThatDoesNotEnd() throws Exception {
        steps.version.problem = Optional.of("no such table");
        steps.version.immortal = true;
        assertThat(run()).isEqualTo(1);
        assertThat(steps.done).endsWith("await new", "end new");
        assertThat(output()).contains("does not end", "millrace submit old.sql");
    }

    @Test
    void saysBeforeItStopsThatThereIsNoWayBack() throws Exception {
        steps.known = false;
        steps.version.problem = Optional.of("no such table");
        assertThat(run()).isEqualTo(1);
        assertThat(output().indexOf("the one before cannot be started again"))
                .isBetween(0, output().indexOf("Stopped;"));
        assertThat(output())
                .contains(
                        "the version before does not run: its rules are not kept on this machine");
    }

    @Test
    void saysBeforeItStopsThatSlotsAreMissing() throws Exception {
        steps.shortage = Optional.of("It waits for slots");
        assertThat(run()).isZero();
        assertThat(output().indexOf("It waits for slots"))
                .isBetween(0, output().indexOf("Stopped;"));
    }

    @Test
    void aVersionThatCannotBeKeptRunsAllTheSame() throws Exception {
        steps.full = new IOException("No space left on device");
        assertThat(run()).isZero();
        assertThat(output())
                .contains("could not be kept on this machine (No space left on device)");
    }

    private int run() throws IOException, InterruptedException {
        UpgradeRequest request =
                new UpgradeRequest(
                        new SubmitRequest(
                                Settings.empty().withJobName("the plant"),
                                Optional.empty(),
                                List.of(),
                                Optional.empty()),
                        new KeptVersion(Path.of("none")),
                        Optional.empty(),
                        dropState,
                        dryRun,
                        Duration.ofSeconds(1));
        return new Upgrade(request, steps, Screen.plain(new PrintStream(bytes, true))).run();
    }

    private String output() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static StateFit fit(long windows) {
        String uid =
                new OperatorUid(List.of("totals"), "GlobalWindowAggregate", "aaaaaaaaaaaa").text();
        return StateFit.of(
                List.of(
                        new SavedOperator(
                                "1",
                                Optional.of(uid),
                                Optional.empty(),
                                10,
                                OptionalLong.of(windows))),
                List.of(),
                true);
    }

    /** Notes what is done. */
    private static final class FakeSteps implements Steps {
        private final List<String> done = new ArrayList<>();
        private final FakeStart version = new FakeStart("new", done);
        private final FakeStart before = new FakeStart("old", done);
        private Optional<StateFit> seen = Optional.of(WHOLE);
        private Optional<StateFit> found = Optional.of(WHOLE);
        private Optional<String> shortage = Optional.empty();
        private boolean known = true;
        private ClusterException refusal;
        private IOException unreadable;
        private IOException full;

        private void done(String what, IOException failure) throws IOException {
            done.add(what);
            if (failure != null) {
                throw failure;
            }
        }

        @Override
        public Optional<StateFit> look() {
            done.add("look");
            return seen;
        }

        @Override
        public List<String> report(StateFit fit) {
            return List.of();
        }

        @Override
        public Optional<String> shortage() {
            return shortage;
        }

        @Override
        public boolean knowsBefore() {
            return known;
        }

        @Override
        public String stop() {
            done.add("stop");
            return "sp";
        }

        @Override
        public Optional<StateFit> compare(String savepoint) throws IOException {
            done("compare " + savepoint, unreadable);
            return found;
        }

        @Override
        public Start start() {
            done.add("start");
            if (refusal != null) {
                throw refusal;
            }
            return version;
        }

        @Override
        public void undo() {
            done.add("undo");
        }

        @Override
        public Optional<Start> startBefore(String savepoint) {
            done.add("start before " + savepoint);
            return known ? Optional.of(before) : Optional.empty();
        }

        @Override
        public void keep(Start started) throws IOException {
            done("keep " + started.job(), full);
        }

        @Override
        public String command(String savepoint) {
            return "millrace submit old.sql";
        }
    }

    private static final class FakeStart implements Start {
        private final String job;
        private final List<String> done;
        private Optional<String> problem = Optional.empty();
        private boolean acknowledged;
        private boolean immortal;

        private FakeStart(String job, List<String> done) {
            this.job = job;
            this.done = done;
        }

        @Override
        public String job() {
            return job;
        }

        @Override
        public Optional<String> await() {
            done.add("await " + job);
            return problem;
        }

        @Override
        public Optional<Instant> since() {
            return Optional.empty();
        }

        @Override
        public boolean giveUp() throws IOException {
            done.add("end " + job);
            if (immortal) {
                throw new IOException("It does not end");
            }
            return acknowledged;
        }
    }
}
