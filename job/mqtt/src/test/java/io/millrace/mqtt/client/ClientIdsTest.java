package io.millrace.mqtt.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClientIdsTest {
    /** These may never change: the broker keeps messages under these names. */
    @Test
    void clientIdsStayWhatTheyAre() {
        assertThat(ClientIds.of("plant", "devices/+/temp", 0)).isEqualTo("plant-c13e4a58-0");
        assertThat(ClientIds.of("plant", "$share/g/#", 11)).isEqualTo("plant-e22d3616-11");
    }

    @Test
    void aJobsNameBecomesAPrefixWithoutWhatTroublesBrokers() {
        assertThat(ClientIds.prefixOf(" temp & hum: a/b+#\n")).isEqualTo("temp-hum-a-b-");
        assertThat(ClientIds.prefixOf("Prüfstand_7.2")).isEqualTo("Prüfstand_7.2");
    }
}
