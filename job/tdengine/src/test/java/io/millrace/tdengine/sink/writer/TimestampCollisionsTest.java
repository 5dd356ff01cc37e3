package io.millrace.tdengine.sink.writer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.tdengine.sink.TDengineSinkSettings;
import io.millrace.tdengine.sink.row.RowRejectedException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimestampCollisionsTest {
    private static final byte[] NO_KEY = new byte[0];

    private final TestMetrics metrics = new TestMetrics();

    private TimestampCollisions collisions(CollisionPolicy policy, int maxShift) {
        return new TimestampCollisions(
                new TDengineSinkSettings.Collisions(policy, maxShift),
                new SinkMetrics(metrics, null, 1, () -> 0),
                System::nanoTime);
    }

    private static long settle(TimestampCollisions collisions, String table, long time)
            throws RowRejectedException {
        return collisions.settle(table, time, NO_KEY, 0, 0);
    }

    @Test
    void shiftsToTheNextFreeTimeInTheOrderOfTheRows() throws Exception {
        TimestampCollisions shifting = collisions(CollisionPolicy.SHIFT, 10);

        assertThat(settle(shifting, "d1", 100)).isEqualTo(100);
        assertThat(settle(shifting, "d1", 101)).isEqualTo(101);
        assertThat(settle(shifting, "d1", 100)).isEqualTo(102);
        assertThat(settle(shifting, "d1", 100)).isEqualTo(103);
        assertThat(settle(shifting, "d2", 100)).isEqualTo(100);
        assertThat(metrics.value("tdengine.shiftedRows")).isEqualTo(2);
    }

    @Test
    void rowsWithAnotherKeyDoNotCollide() throws Exception {
        TimestampCollisions shifting = collisions(CollisionPolicy.SHIFT, 10);
        byte[] keys = {1, 2, 1};

        assertThat(shifting.settle("d", 100, keys, 0, 1)).isEqualTo(100);
        assertThat(shifting.settle("d", 100, keys, 1, 2)).isEqualTo(100);
        assertThat(shifting.settle("d", 100, keys, 2, 3)).isEqualTo(101);
    }

    @Test
    void rejectsARowThatFindsNoFreeTime() throws Exception {
        TimestampCollisions shifting = collisions(CollisionPolicy.SHIFT, 2);
        for (int i = 0; i < 3; i++) {
            settle(shifting, "d", 100);
        }

        assertThatThrownBy(() -> settle(shifting, "d", 100))
                .isInstanceOf(RowRejectedException.class)
                .hasMessageContaining("'d'")
                .hasMessageContaining("2 ticks")
                .hasMessageContaining("sink.timestamp-collision.max-shift");
    }

    @Test
    void rejectsTheSecondRowIfToldSo() throws Exception {
        TimestampCollisions rejecting = collisions(CollisionPolicy.DEAD_LETTER, 1);
        settle(rejecting, "d", 100);

        assertThatThrownBy(() -> settle(rejecting, "d", 100))
                .hasMessageContaining("already has a row at time 100");
        assertThat(settle(rejecting, "d", 101)).isEqualTo(101);
    }

    @Test
    void leavesOverwritingToTheBatch() throws Exception {
        TimestampCollisions overwriting = collisions(CollisionPolicy.OVERWRITE, 1);

        assertThat(settle(overwriting, "d", 100)).isEqualTo(100);
        assertThat(settle(overwriting, "d", 100)).isEqualTo(100);
    }

    @Test
    void goesOnFromACheckpoint() throws Exception {
        WrittenKeys.Serializer serializer = new WrittenKeys.Serializer();
        TimestampCollisions before = collisions(CollisionPolicy.SHIFT, 10);
        settle(before, "d", 100);
        settle(before, "d", 100);
        List<WrittenKeys> kept = new ArrayList<>();
        for (WrittenKeys keys : before.keep()) {
            kept.add(serializer.deserialize(serializer.getVersion(), serializer.serialize(keys)));
        }

        TimestampCollisions after = collisions(CollisionPolicy.SHIFT, 10);
        after.restore(kept);

        assertThat(settle(after, "d", 101)).isEqualTo(102);
        assertThat(settle(after, "d", 100)).isEqualTo(103);
        assertThat(collisions(CollisionPolicy.OVERWRITE, 1).keep()).isEmpty();
    }
}
