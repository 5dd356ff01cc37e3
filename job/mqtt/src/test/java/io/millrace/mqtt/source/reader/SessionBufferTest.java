package io.millrace.mqtt.source.reader;

import static io.millrace.mqtt.source.reader.Messages.qos0;
import static io.millrace.mqtt.source.reader.Messages.qos1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.mqtt.client.ReceivedMessage;
import io.millrace.mqtt.source.Overflow;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SessionBufferTest {
    private static final long SIZE = qos1(1, 1, "a").size();

    private final AtomicInteger signals = new AtomicInteger();
    private final SessionBuffer buffer = buffer(Overflow.WAIT);
    private final AtomicInteger dropped = new AtomicInteger();
    private final List<Boolean> valve = new CopyOnWriteArrayList<>();

    @Test
    void handsMessagesOverInOrderAndSignalsTheFirstOnly() {
        connect(1, false, 0);
        signals.set(0);
        put(qos1(1, 1, "a"));
        put(qos1(1, 2, "b"));

        assertThat(signals).hasValue(1);
        assertThat(buffer.take()).extracting(ReceivedMessage::packetId).containsExactly(1, 2);
        assertThat(buffer.take()).isEmpty();
        assertThat(buffer.messages()).isEqualTo(2);
    }

    @Test
    void atTheBoundTheClientIsPausedUntilAQuarterIsFree() {
        SessionBuffer wide = buffer(8, Overflow.WAIT);
        wide.open(1, 0, valve::add);
        wide.connected(false, 0);
        wide.put(1, qos1s(1, 1, 7));
        assertThat(valve).isEmpty();
        wide.put(1, qos1s(1, 8, 12));
        assertThat(valve).containsExactly(false);
        wide.release(5, 5 * SIZE);
        assertThat(valve).containsExactly(false);
        wide.release(1, SIZE);

        assertThat(valve).containsExactly(false, true);
        assertThat(wide.take()).hasSize(12);
    }

    @Test
    void aClientThatIsClosedIsNeitherPausedNorResumed() {
        buffer.open(1, 0, valve::add);
        buffer.connected(false, 0);
        buffer.put(1, qos1s(1, 1, 3));
        buffer.close();
        buffer.release(3, 3 * SIZE);

        assertThat(valve).containsExactly(false);
    }

    @Test
    void dropsTheOldestOrTheNewestOfQos0AndNeverOthers() {
        for (Overflow overflow : List.of(Overflow.DROP_OLDEST, Overflow.DROP_NEWEST)) {
            dropped.set(0);
            SessionBuffer mixed = buffer(3, overflow);
            mixed.open(1, 0, valve::add);
            mixed.connected(false, 0);
            mixed.put(1, List.of(qos0(1, "a"), qos1(1, 1, "b"), qos0(1, "c")));
            mixed.put(1, List.of(qos1(1, 2, "d"), qos0(1, "e")));

            assertThat(dropped).hasValue(2);
            assertThat(mixed.take())
                    .extracting(message -> new String(message.payload(), UTF_8))
                    .containsExactly(
                            overflow == Overflow.DROP_OLDEST
                                    ? new String[] {"b", "d", "e"}
                                    : new String[] {"a", "b", "d"});
        }
    }

    @Test
    void qos0MayHoldTheBrokerBackToo() {
        buffer.open(1, 0, valve::add);
        buffer.connected(false, 0);
        buffer.put(1, List.of(qos0(1, "a"), qos0(1, "a"), qos0(1, "a")));

        assertThat(valve).containsExactly(false);
        assertThat(dropped).hasValue(0);
    }

    @Test
    void atTheBoundPutWaitsForSpace() throws Exception {
        connect(1, false, 60_000);
        fill(1);
        CompletableFuture<Void> fourth = CompletableFuture.runAsync(() -> put(qos1(1, 4, "a")));
        buffer.take();
        assertThat(fourth).isNotDone();
        buffer.release(1, SIZE);

        assertThat(fourth).succeedsWithin(5, TimeUnit.SECONDS);
        assertThat(buffer.messages()).isEqualTo(3);
        assertThat(buffer.isShedding()).isFalse();
    }

    @Test
    void bytesAreABoundToo() {
        SessionBuffer small =
                new SessionBuffer(1_000, SIZE + 1, Overflow.WAIT, () -> {}, count -> {});
        small.open(1, 0, null);
        small.connected(false, 0);
        small.put(1, List.of(qos1(1, 1, "a")));
        small.put(1, List.of(qos1(1, 2, "a")));
        small.put(1, List.of(qos1(1, 3, "a")));

        assertThat(small.messages()).isEqualTo(2);
    }

    @Test
    void leavesMessagesAtTheBrokerWhenPatienceIsOverUntilAllIsAcknowledged() {
        connect(1, false, 1);
        fill(1);

        put(qos1(1, 4, "a"));
        assertThat(buffer.messages()).isEqualTo(3);
        assertThat(buffer.isShedding()).isTrue();
        buffer.release(2, 2 * SIZE);
        // There is space, but message 4 has gone by: 5 must not overtake it.
        put(qos1(1, 5, "a"));
        assertThat(buffer.messages()).isEqualTo(1);
        assertThat(buffer.isDrained()).isFalse();
        buffer.release(1, SIZE);
        assertThat(buffer.isDrained()).isTrue();
    }

    @Test
    void aNewConnectionEndsTheShedding() {
        connect(1, false, 1);
        fill(1);
        put(qos1(1, 4, "a"));
        buffer.take();
        buffer.release(3, 3 * SIZE);
        buffer.close();
        connect(2, true, 1);

        put(qos1(2, 4, "a"));
        assertThat(buffer.messages()).isEqualTo(1);
    }

    @Test
    void dropsQos0AtTheBoundWithoutWaiting() {
        connect(1, false, 60_000);
        fill(1);

        put(qos0(1, "a"));
        assertThat(dropped).hasValue(1);
    }

    @Test
    void closingFreesAClientThatIsHeldBack() {
        connect(1, false, 60_000);
        fill(1);
        CompletableFuture<Void> fourth = CompletableFuture.runAsync(() -> put(qos1(1, 4, "a")));
        await().untilAsserted(() -> assertThat(buffer.isAtBound()).isTrue());
        buffer.close();

        assertThat(fourth).succeedsWithin(5, TimeUnit.SECONDS);
        assertThat(buffer.messages()).isEqualTo(3);
    }

    @Test
    void refusesMessagesOfAnOlderConnection() {
        connect(1, false, 0);
        buffer.close();
        connect(2, true, 0);

        put(qos1(1, 1, "late"));
        assertThat(buffer.messages()).isZero();
    }

    @Test
    void holdsWhatWasNotTakenBetweenConnectionsAndKnowsThatTheBrokerRepeatsIt() {
        SessionBuffer wide = buffer(8, Overflow.WAIT);
        wide.open(1, 0, valve::add);
        wide.connected(false, 0);
        wide.put(1, List.of(qos1(1, 1, "taken")));
        ReceivedMessage taken = wide.take().get(0);
        wide.put(1, List.of(qos1(1, 2, "waiting"), qos0(1, "qos 0")));
        wide.close();

        assertThat(wide.isHeld()).isTrue();
        assertThat(wide.take()).isEmpty();
        wide.open(2, 0, valve::add);
        wide.connected(true, 0);
        wide.put(2, List.of(qos1(2, 1, "taken"), qos1(2, 2, "waiting")));

        assertThat(wide.isRepeated(taken)).isTrue();
        assertThat(wide.take())
                .filteredOn(message -> !wide.isRepeated(message))
                .extracting(message -> new String(message.payload(), UTF_8))
                .containsExactly("qos 0", "taken", "waiting");
    }

    @Test
    void keepsTheOnlyCopyIfTheBrokerLostTheSession() {
        connect(1, false, 0);
        ReceivedMessage waiting = qos1(1, 2, "waiting");
        put(waiting);
        buffer.close();
        connect(2, false, 0);

        assertThat(buffer.isRepeated(waiting)).isFalse();
        assertThat(buffer.take()).containsExactly(waiting);
    }

    private void connect(int epoch, boolean sessionPresent, long patienceMillis) {
        buffer.open(epoch, patienceMillis, null);
        buffer.connected(sessionPresent, patienceMillis);
    }

    private void put(ReceivedMessage message) {
        buffer.put(message.epoch(), List.of(message));
    }

    private SessionBuffer buffer(Overflow overflow) {
        return buffer(3, overflow);
    }

    private SessionBuffer buffer(int maxMessages, Overflow overflow) {
        return new SessionBuffer(
                maxMessages,
                1_000_000,
                overflow,
                () -> signals.incrementAndGet(),
                count -> dropped.addAndGet(count));
    }

    private static List<ReceivedMessage> qos1s(int epoch, int first, int last) {
        return IntStream.rangeClosed(first, last).mapToObj(i -> qos1(epoch, i, "a")).toList();
    }

    private void fill(int epoch) {
        for (int i = 1; i <= 3; i++) {
            put(qos1(epoch, i, "a"));
        }
    }
}
