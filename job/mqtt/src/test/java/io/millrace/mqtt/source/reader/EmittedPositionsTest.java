package io.millrace.mqtt.source.reader;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EmittedPositionsTest {
    private final EmittedPositions positions = new EmittedPositions(10);

    @Test
    void aCheckpointCoversWhatWasEmittedBeforeIt() {
        assertThat(positions.snapshot(1)).isEqualTo(10);
        positions.emitted(11);
        positions.emitted(12);
        assertThat(positions.snapshot(2)).isEqualTo(12);
        positions.emitted(13);

        assertThat(positions.complete(1)).isEqualTo(10);
        assertThat(positions.complete(2)).isEqualTo(12);
    }

    @Test
    void aMessageThatIsNotInTheJournalChangesNothing() {
        positions.emitted(11);
        positions.emitted(0);

        assertThat(positions.snapshot(1)).isEqualTo(11);
    }

    @Test
    void aCheckpointThatCompletesCoversEarlierOnes() {
        positions.snapshot(1);
        positions.emitted(11);
        positions.snapshot(2);

        assertThat(positions.complete(2)).isEqualTo(11);
        assertThat(positions.complete(1)).isZero();
    }

    @Test
    void nothingIsKnownOfACheckpointBeforeTheFirst() {
        positions.snapshot(5);

        assertThat(positions.complete(4)).isZero();
        assertThat(positions.complete(5)).isEqualTo(10);
    }
}
