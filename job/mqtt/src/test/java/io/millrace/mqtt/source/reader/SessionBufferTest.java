package io.millrace.mqtt.source.reader;

import static io.millrace.mqtt.source.reader.Messages.qos0;
import static io.millrace.mqtt.source.reader.Messages.qos1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.mqtt.client.ReceivedMessage;
import io.millrace.mqtt.source.reader.SessionBuffer.Outcome;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SessionBufferTest {
    private static final long SIZE = qos1(1, 1, "a").size();

    private final AtomicInteger signals = new AtomicInteger();
    private final SessionBuffer buffer = new SessionBuffer(3, 1_000_000, signals::incrementAndGet);

    @Test
    void handsMessagesOverInOrderAndSignalsTheFirstOnly() {
        connect(1, false, 0);
        signals.set(0);
        buffer.put(qos1(1, 1, "a"));
        buffer.put(qos1(1, 2, "b"));

        assertThat(signals).hasValue(1);
        assertThat(buffer.take()).extracting(ReceivedMessage::packetId).containsExactly(1, 2);
        assertThat(buffer.take()).isEmpty();
        assertThat(buffer.messages()).isEqualTo(2);
    }

    @Test
    void atTheBoundPutWaitsForSpace() throws Exception {
        connect(1, false, 60_000);
        fill(1);
        CompletableFuture<Outcome> fourth =
                CompletableFuture.supplyAsync(() -> buffer.put(qos1(1, 4, "a")));
        buffer.take();
        assertThat(fourth).isNotDone();
        buffer.release(1, SIZE);

        assertThat(fourth.get(5, TimeUnit.SECONDS)).isEqualTo(Outcome.TAKEN);
        assertThat(buffer.isShedding()).isFalse();
    }

    @Test
    void bytesAreABoundToo() {
        SessionBuffer small = new SessionBuffer(1_000, SIZE + 1, () -> {});
        small.open(1, 0);
        small.connected(false, 0);

        assertThat(small.put(qos1(1, 1, "a"))).isEqualTo(Outcome.TAKEN);
        assertThat(small.put(qos1(1, 2, "a"))).isEqualTo(Outcome.TAKEN);
        assertThat(small.put(qos1(1, 3, "a"))).isEqualTo(Outcome.LEFT);
    }

    @Test
    void leavesMessagesAtTheBrokerWhenPatienceIsOverUntilAllIsAcknowledged() {
        connect(1, false, 1);
        fill(1);

        assertThat(buffer.put(qos1(1, 4, "a"))).isEqualTo(Outcome.LEFT);
        assertThat(buffer.isShedding()).isTrue();
        buffer.release(2, 2 * SIZE);
        // There is space, but message 4 has gone by: 5 must not overtake it.
        assertThat(buffer.put(qos1(1, 5, "a"))).isEqualTo(Outcome.LEFT);
        assertThat(buffer.isDrained()).isFalse();
        buffer.release(1, SIZE);
        assertThat(buffer.isDrained()).isTrue();
    }

    @Test
    void aNewConnectionEndsTheShedding() {
        connect(1, false, 1);
        fill(1);
        buffer.put(qos1(1, 4, "a"));
        buffer.take();
        buffer.release(3, 3 * SIZE);
        buffer.close();
        connect(2, true, 1);

        assertThat(buffer.put(qos1(2, 4, "a"))).isEqualTo(Outcome.TAKEN);
    }

    @Test
    void dropsQos0AtTheBoundWithoutWaiting() {
        connect(1, false, 60_000);
        fill(1);

        assertThat(buffer.put(qos0(1, "a"))).isEqualTo(Outcome.DROPPED);
    }

    @Test
    void closingFreesAClientThatIsHeldBack() {
        connect(1, false, 60_000);
        fill(1);
        CompletableFuture<Outcome> fourth =
                CompletableFuture.supplyAsync(() -> buffer.put(qos1(1, 4, "a")));
        await().untilAsserted(() -> assertThat(buffer.isAtBound()).isTrue());
        buffer.close();

        assertThat(fourth).succeedsWithin(5, TimeUnit.SECONDS).isEqualTo(Outcome.LEFT);
    }

    @Test
    void refusesMessagesOfAnOlderConnection() {
        connect(1, false, 0);
        buffer.close();
        connect(2, true, 0);

        assertThat(buffer.put(qos1(1, 1, "late"))).isEqualTo(Outcome.LEFT);
        assertThat(buffer.messages()).isZero();
    }

    @Test
    void holdsWhatWasNotTakenBetweenConnectionsAndDropsItIfTheBrokerRepeatsIt() {
        connect(1, false, 0);
        ReceivedMessage taken = qos1(1, 1, "taken");
        buffer.put(taken);
        buffer.take();
        buffer.put(qos1(1, 2, "waiting"));
        buffer.put(qos0(1, "qos 0"));
        buffer.close();

        assertThat(buffer.isHeld()).isTrue();
        assertThat(buffer.take()).isEmpty();
        connect(2, true, 0);
        buffer.put(qos1(2, 1, "taken"));

        assertThat(buffer.isRepeated(taken)).isTrue();
        assertThat(buffer.take()).extracting(ReceivedMessage::qos).containsExactly(0, 1);
        assertThat(buffer.messages()).isEqualTo(3);
    }

    @Test
    void keepsTheOnlyCopyIfTheBrokerLostTheSession() {
        connect(1, false, 0);
        ReceivedMessage waiting = qos1(1, 2, "waiting");
        buffer.put(waiting);
        buffer.close();
        connect(2, false, 0);

        assertThat(buffer.isRepeated(waiting)).isFalse();
        assertThat(buffer.take()).containsExactly(waiting);
    }

    private void connect(int epoch, boolean sessionPresent, long patienceMillis) {
        buffer.open(epoch, patienceMillis);
        buffer.connected(sessionPresent, patienceMillis);
    }

    private void fill(int epoch) {
        for (int i = 1; i <= 3; i++) {
            assertThat(buffer.put(qos1(epoch, i, "a"))).isEqualTo(Outcome.TAKEN);
        }
    }
}
