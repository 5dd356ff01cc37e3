package io.millrace.cli.flink;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class JobMetricsTest {
    private final ObjectMapper json = new ObjectMapper();

    @Test
    void asksForTheMetricsThatItKnows() throws JsonProcessingException {
        assertThat(
                        JobMetrics.measured(
                                json.readTree(
                                        """
                                        [{"id":"0.numRecordsIn"},
                                         {"id":"0.Source__t[1].numRecordsIn"},
                                         {"id":"0.Source__t[1].currentOutputWatermark"},
                                         {"id":"0.s[3]__Writer.numRecordsSend"}]
                                        """)))
                .containsExactly("0.Source__t[1].numRecordsIn", "0.s[3]__Writer.numRecordsSend");
    }

    @Test
    void readsValuesAndCountsSources() throws JsonProcessingException {
        assertThat(
                        JobMetrics.samples(
                                "v",
                                json.readTree(
                                        """
                                        [{"id":"0.Source__t[1].numRecordsIn","value":"12"},
                                         {"id":"0.Source__t[1].mqtt.connected","value":"0"}]
                                        """)))
                .containsExactly(
                        new Sample("v/0.Source__t[1].numRecordsIn", Measure.RECEIVED, 12),
                        new Sample("v/0.Source__t[1].mqtt.connected", Measure.CONNECTED, 0),
                        new Sample("v/0.Source__t[1].mqtt.connected", Measure.SOURCES, 1));
    }

    @Test
    void leavesOutValuesThatAreNoNumbers() throws JsonProcessingException {
        assertThat(
                        JobMetrics.samples(
                                "v",
                                json.readTree(
                                        """
                                        [{"id":"0.Source__t[1].mqtt.connected","value":"null"}]
                                        """)))
                .isEmpty();
    }
}
