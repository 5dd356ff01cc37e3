package io.millrace.cli.flink;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MeasureTest {
    @ParameterizedTest
    @CsvSource({
        "0.Source__devices/temp_hum[1].numRecordsIn, RECEIVED",
        "12.Source__devices/+/#[1].mqtt.deadLetters, DEAD_LETTERS",
        "0.Source__devices/temp_hum[1].mqtt.unackedMessages, UNACKED",
        "0.Source__devices/temp_hum[1].mqtt.connected, CONNECTED",
        "0.temp_hum[3]__Writer.numRecordsSend, WRITTEN",
        "0.temp_hum[3]__Writer.tdengine.deadLetters, DEAD_LETTERS",
        "0.temp_hum[3]__Writer.tdengine.bufferedRows, BUFFERED",
        "0.temp_hum[3]__Writer.tdengine.timestampCollisions, COLLISIONS"
    })
    void knowsTheConnectorsMetrics(String id, Measure measure) {
        assertThat(Measure.of(id)).contains(measure);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.numRecordsIn",
                "0.Calc[2].numRecordsIn",
                "0.temp_hum[3]__Writer.numRecordsIn",
                "0.Source__devices/temp_hum[1].numRecordsInPerSecond",
                "0.Shuffle.Netty.Input.Buffers.inPoolUsage",
                ""
            })
    void leavesOutWhatWouldCountTwice(String id) {
        assertThat(Measure.of(id)).isEmpty();
    }
}
