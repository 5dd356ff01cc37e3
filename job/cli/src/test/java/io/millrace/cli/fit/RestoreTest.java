package io.millrace.cli.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.rule.JobOperator;
import io.millrace.rule.OperatorUid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestoreTest {
    private static final String BEFORE = total("former");
    private static final String NOW = total("now");

    @TempDir private Path folder;

    @Test
    void goesOnFromAFolderOrTheFileInIt() throws IOException {
        String place = Savepoints.write(folder.resolve("savepoint-1"), true, NOW);
        for (String given : List.of(place, place + "_metadata", folder + "/savepoint-1")) {
            Restore restore = Restore.of(given, List.of(planned(NOW)));
            assertThat(restore.fit().taken()).hasSize(1);
            Configuration options = restore.prepare();
            assertThat(options.get(StateRecoveryOptions.SAVEPOINT_PATH)).endsWith("/savepoint-1");
            assertThat(options.get(StateRecoveryOptions.SAVEPOINT_IGNORE_UNCLAIMED_STATE))
                    .as("so that Flink finds out should the comparison be wrong")
                    .isFalse();
        }
    }

    @Test
    void givesStateItsNewOwnerAndBack() throws IOException {
        Path savepoint = folder.resolve("savepoint-1");
        Restore restore =
                Restore.of(Savepoints.write(savepoint, true, BEFORE), List.of(planned(NOW)));
        byte[] before = Files.readAllBytes(savepoint.resolve("_metadata"));
        assertThat(restore.fit().moves()).hasSize(1);
        restore.prepare();
        assertThat(SavedState.read(savepoint.toString()).operators())
                .singleElement()
                .matches(operator -> operator.uid().orElseThrow().equals(NOW))
                .matches(operator -> operator.bytes() > 0, "has its state with it");
        restore.undo();
        restore.undo();
        assertThat(savepoint.resolve("_metadata")).hasBinaryContent(before);
        assertThat(savepoint.toFile().list()).hasSize(1);
    }

    @Test
    void leavesStateAsideOnlyIfItMust() throws IOException {
        String place =
                Savepoints.write(folder.resolve("savepoint-1"), true, NOW, total("gone", 'b'));
        Restore restore = Restore.of(place, List.of(planned(NOW)));
        assertThat(restore.fit().isWhole()).isFalse();
        assertThat(leaves(restore)).isTrue();
        assertThat(leaves(Restore.unseen(place, false))).isFalse();
        assertThat(leaves(Restore.unseen(place, true))).isTrue();
    }

    @Test
    void knowsWhetherAJobEndedWithIt() throws IOException {
        String committer = new OperatorUid(List.of("a"), "t: Committer", "").text();
        String ended = Savepoints.write(folder.resolve("savepoint-1"), true, committer);
        String live = Savepoints.write(folder.resolve("savepoint-2"), false, committer);
        assertThat(Restore.of(ended, List.of()).fit().isWhole()).isTrue();
        assertThat(Restore.of(live, List.of()).fit().isWhole())
                .as("its rows were to be written when the job went on")
                .isFalse();
    }

    @Test
    void saysWhatIsThereInsteadOfASavepoint() throws IOException {
        Savepoints.write(folder.resolve("savepoint-2"), true, NOW);
        Savepoints.write(folder.resolve("savepoint-1"), true, NOW);
        assertUnreadable(folder.resolve("savepoint-3").toUri().toString(), false)
                .hasMessage(
                        "There is no savepoint or checkpoint 'file:%s/savepoint-3': that is a folder with a file '_metadata'.",
                        folder);
        assertUnreadable(folder.toString(), false)
                .hasMessageEndingWith("In this folder there are: savepoint-1, savepoint-2.");
    }

    @Test
    void saysThatItIsDamaged() throws IOException {
        Path savepoint = folder.resolve("savepoint-1");
        String place = Savepoints.write(savepoint, true, NOW);
        Path metadata = savepoint.resolve("_metadata");
        byte[] whole = Files.readAllBytes(metadata);
        Files.write(metadata, java.util.Arrays.copyOf(whole, whole.length / 2));
        assertUnreadable(place, false)
                .hasMessageStartingWith("'file:%s' is damaged, or no savepoint", metadata)
                .hasMessageEndingWith(": it ends too early.");
        Files.writeString(metadata, "This is something else.");
        assertUnreadable(place, false).hasMessageEndingWith(": Unexpected magic number.");
    }

    @Test
    void whatIsNotHereMayBeElsewhere() {
        assertUnreadable("file:///mnt/no-such-disk/savepoints/savepoint-1", true)
                .hasMessage(
                        "There is no folder 'file:/mnt/no-such-disk/savepoints/savepoint-1' on this machine.");
        assertUnreadable("unheard-of://bucket/savepoint-1", true)
                .hasMessageStartingWith(
                        "Savepoint 'unheard-of://bucket/savepoint-1' cannot be read from this machine: ");
    }

    private static org.assertj.core.api.AbstractThrowableAssert<?, ? extends Throwable>
            assertUnreadable(String place, boolean onlyHere) {
        return assertThatThrownBy(() -> Restore.of(place, List.of()))
                .isInstanceOfSatisfying(
                        UnreadableStateException.class,
                        e -> assertThat(e.isOnlyHere()).isEqualTo(onlyHere));
    }

    private static boolean leaves(Restore restore) throws IOException {
        return restore.prepare().get(StateRecoveryOptions.SAVEPOINT_IGNORE_UNCLAIMED_STATE);
    }

    private static String total(String rule) {
        return total(rule, 'a');
    }

    private static String total(String rule, char digit) {
        return new OperatorUid(List.of(rule), "GroupAggregate", String.valueOf(digit).repeat(12))
                .text();
    }

    private static JobOperator planned(String uid) {
        return new JobOperator(Savepoints.id(uid), uid, List.of("now"));
    }
}
