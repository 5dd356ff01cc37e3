package io.millrace.mqtt.source.reader;

import static io.millrace.mqtt.source.reader.Messages.qos1;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.mqtt.source.split.MqttSplit;
import java.time.Instant;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class MqttSourceMetricsTest {
    private static final String CLIENT_ID = "client-0";

    @Test
    void tellsWhatIsHeldAndHowLongItHasWaited() throws Exception {
        try (ReaderUnderTest reader = new ReaderUnderTest()) {
            FakeClients.Client client =
                    reader.open(
                            new MqttSplit(CLIENT_ID, ReaderUnderTest.FILTER),
                            MqttSourceReader.QUIET,
                            options -> {});
            assertThat(reader.gauge("currentFetchEventTimeLag")).isEqualTo(-1L);
            // They arrived one second after the epoch.
            client.listener.received(List.of(qos1(1, 1, "a"), qos1(1, 2, "b")));
            assertThat(reader.gauge("pendingRecords")).isEqualTo(2L);
            reader.pollRecords(2);

            assertThat(reader.gauge("pendingRecords")).isEqualTo(0L);
            assertThat(reader.gauge("mqtt", "unackedMessages")).isEqualTo(2L);
            assertThat(reader.gauge("mqtt", "session", CLIENT_ID, "unackedMessages")).isEqualTo(2);
            long lag = Instant.now().toEpochMilli() - 1_000;
            assertThat(reader.gauge("currentFetchEventTimeLag"))
                    .asInstanceOf(InstanceOfAssertFactories.LONG)
                    .isBetween(lag - 60_000, lag);
        }
    }
}
