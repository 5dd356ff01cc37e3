package io.millrace.mqtt.source.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class AckLedgerTest {
    private final AckLedger ledger = new AckLedger();

    @Test
    void acksNothingBeforeTheCheckpointCompletes() {
        emit(1, 2);
        ledger.snapshot(1);
        emit(3);

        assertThat(ledger.complete(0).count()).isZero();
        assertThat(ids(ledger.complete(1))).containsExactly(1, 2);
    }

    @Test
    void acksInTheOrderOfArrivalWhatSubsumedAndAbortedCheckpointsCovered() {
        emit(7);
        ledger.snapshot(1);
        emit(5, 6);
        ledger.snapshot(2);
        emit(4);
        ledger.snapshot(3);
        emit(9);

        assertThat(ids(ledger.complete(3))).containsExactly(7, 5, 6, 4);
        assertThat(ledger.messages()).isEqualTo(1);
    }

    @Test
    void acksEachMessageOnce() {
        emit(1);
        ledger.snapshot(1);
        ledger.complete(1);

        assertThat(ledger.complete(1).count()).isZero();
        assertThat(ledger.complete(2).count()).isZero();
    }

    @Test
    void aLateNoticeOfAnEarlierCheckpointIsHarmless() {
        emit(1);
        ledger.snapshot(1);
        emit(2);
        ledger.snapshot(2);

        assertThat(ids(ledger.complete(2))).containsExactly(1, 2);
        assertThat(ledger.complete(1).count()).isZero();
    }

    @Test
    void remembersEpochsBytesAndTheOldest() {
        ledger.emitted(3, 1, 100, 50);
        ledger.emitted(4, 2, 10, 60);
        assertThat(ledger.bytes()).isEqualTo(110);
        assertThat(ledger.oldestReceivedAt()).hasValue(50);
        ledger.snapshot(1);
        ledger.emitted(4, 3, 1, 70);

        Receipt receipt = ledger.complete(1);
        assertThat(receipt.bytes()).isEqualTo(110);
        assertThat(Arrays.copyOf(receipt.epochs(), 2)).containsExactly(3, 4);
        assertThat(ledger.oldestReceivedAt()).hasValue(70);
        ledger.snapshot(2);
        ledger.complete(2);
        assertThat(ledger.oldestReceivedAt()).isEmpty();
    }

    /** What happens to a source: a message, a checkpoint that completes, or one that does not. */
    enum Happening {
        MESSAGE,
        COMPLETED,
        ABORTED
    }

    @Provide
    Arbitrary<List<Happening>> happenings() {
        return Arbitraries.of(Happening.class).list().ofMaxSize(300);
    }

    @Property
    void acksExactlyWhatCompletedCheckpointsCoverInOrder(
            @ForAll("happenings") List<Happening> happenings) {
        AckLedger tested = new AckLedger();
        List<Integer> acked = new ArrayList<>();
        int emitted = 0;
        int covered = 0;
        long checkpoint = 0;
        for (Happening happening : happenings) {
            if (happening == Happening.MESSAGE) {
                emitted++;
                tested.emitted(1, emitted, 1, 0);
                continue;
            }
            checkpoint++;
            tested.snapshot(checkpoint);
            if (happening == Happening.COMPLETED) {
                covered = emitted;
                acked.addAll(ids(tested.complete(checkpoint)));
            }
        }
        assertThat(acked).hasSize(covered).isSorted().doesNotHaveDuplicates();
        assertThat(tested.messages()).isEqualTo(emitted - covered);
        assertThat(tested.bytes()).isEqualTo(emitted - covered);
    }

    private void emit(int... packetIds) {
        for (int packetId : packetIds) {
            ledger.emitted(1, packetId, 1, 0);
        }
    }

    private static List<Integer> ids(Receipt receipt) {
        return Arrays.stream(receipt.packetIds(), 0, receipt.count()).boxed().toList();
    }
}
