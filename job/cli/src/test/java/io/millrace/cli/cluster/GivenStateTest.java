package io.millrace.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.cli.fit.Savepoints;
import io.millrace.rule.JobOperator;
import io.millrace.rule.OperatorUid;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GivenStateTest {
    private static final String TOTALS =
            new OperatorUid(List.of("totals"), "GroupAggregate", "a".repeat(12)).text();
    private static final JobOperator PLANNED =
            new JobOperator(Savepoints.id(TOTALS), TOTALS, List.of("totals"));
    private static final String ELSEWHERE = "file:///mnt/no-such-disk/savepoints/savepoint-1";

    @TempDir private Path folder;

    @Test
    void goesOnFromWhatFits() throws IOException {
        String place = Savepoints.write(folder, true, TOTALS);
        assertThat(new GivenState(place, false).with(List.of(PLANNED)).report())
                .containsExactly("  goes on   running totals of rule 'totals'");
    }

    @Test
    void refusesToLoseState() throws IOException {
        String place = Savepoints.write(folder, true, TOTALS);
        assertThatThrownBy(() -> new GivenState(place, false).with(List.of()))
                .isInstanceOf(ClusterException.class)
                .hasMessageStartingWith(
                        "Nothing is submitted, since state in %s would be lost:\n  Rule 'totals' holds running totals",
                        place)
                .hasMessageContaining("begin these anew: --drop-state");
    }

    @Test
    void losesItIfThatIsSaid() throws IOException {
        GivenState.Found found =
                new GivenState(Savepoints.write(folder, true, TOTALS), true).with(List.of());
        assertThat(found.report()).containsExactly("  is lost   running totals of rule 'totals'");
        assertThat(leavesState(found)).isTrue();
    }

    @Test
    void refusesWhatIsNoSavepointEvenIfStateMayBeLost() {
        assertThatThrownBy(() -> new GivenState(folder.toString(), true).with(List.of()))
                .isInstanceOf(ClusterException.class)
                .hasMessageStartingWith("There is no savepoint or checkpoint '" + folder)
                .hasMessageContaining("Nothing is submitted.");
    }

    @Test
    void leavesToFlinkWhatOnlyTheClusterCanRead() throws IOException {
        GivenState.Found strict = new GivenState(ELSEWHERE, false).with(List.of());
        assertThat(String.join("\n", strict.report()))
                .startsWith("There is no folder 'file:/mnt/no-such-disk")
                .contains("does not start it otherwise");
        assertThat(leavesState(strict)).isFalse();
        assertThat(leavesState(new GivenState(ELSEWHERE, true).with(List.of()))).isTrue();
    }

    private static boolean leavesState(GivenState.Found found) throws IOException {
        return found.restore().prepare().get(StateRecoveryOptions.SAVEPOINT_IGNORE_UNCLAIMED_STATE);
    }
}
