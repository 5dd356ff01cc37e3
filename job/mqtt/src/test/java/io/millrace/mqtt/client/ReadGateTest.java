package io.millrace.mqtt.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReadGateTest {
    private static final int SMALL = 100;
    private static final int GATHERING = 5_000;
    private static final int LARGE = 64 << 10;

    private long micros;
    private final ReadGate gate = new ReadGate(() -> TimeUnit.MICROSECONDS.toNanos(micros));
    private final EmbeddedChannel channel = new EmbeddedChannel(gate);

    @BeforeEach
    void freezeTime() {
        channel.freezeTime();
    }

    @Test
    void gathersSmallReadsThatComeSoonAfterEachOther() {
        pass(20_000);
        read(SMALL);
        assertThat(isReading()).isTrue();

        pass(100);
        read(SMALL);
        assertThat(isReading()).isFalse();

        pass(GATHERING);
        assertThat(isReading()).isTrue();

        pass(100);
        read(SMALL);
        assertThat(isReading()).isFalse();
    }

    @Test
    void readsAtOnceWhatComesNowAndThen() {
        for (int i = 0; i < 10; i++) {
            pass(2_000);
            read(SMALL);
            assertThat(isReading()).isTrue();
        }
    }

    @Test
    void goesOnAtOnceAfterALargeRead() {
        pass(20_000);
        for (int i = 0; i < 10; i++) {
            pass(100);
            read(LARGE);
            assertThat(isReading()).isTrue();
        }
    }

    @Test
    void readsAtOnceWhenAnAnswerMayBeAwaited() {
        pass(20_000);
        for (int i = 0; i < 10; i++) {
            pass(100);
            read(SMALL);
            assertThat(isReading()).isTrue();
            channel.writeOutbound(Unpooled.buffer(4).writeZero(4));
        }
    }

    @Test
    void readsAtOnceIfToldSo() {
        gate.doNotGather();
        pass(20_000);
        for (int i = 0; i < 10; i++) {
            pass(100);
            read(SMALL);
            assertThat(isReading()).isTrue();
        }
    }

    @Test
    void aPauseOutlastsGathering() {
        pass(20_000);
        read(SMALL);
        pass(100);
        read(SMALL);
        gate.set(false);
        pass(GATHERING);
        assertThat(isReading()).isFalse();

        gate.set(true);
        assertThat(isReading()).isTrue();
    }

    @Test
    void gatheringOutlastsAResumption() {
        pass(20_000);
        read(SMALL);
        pass(100);
        read(SMALL);
        gate.set(false);
        gate.set(true);
        assertThat(isReading()).isFalse();

        pass(GATHERING);
        assertThat(isReading()).isTrue();
    }

    private boolean isReading() {
        return channel.config().isAutoRead();
    }

    private void read(int bytes) {
        channel.writeInbound(Unpooled.buffer(bytes).writeZero(bytes));
    }

    private void pass(long more) {
        micros += more;
        channel.advanceTimeBy(more, TimeUnit.MICROSECONDS);
        channel.runScheduledPendingTasks();
    }
}
