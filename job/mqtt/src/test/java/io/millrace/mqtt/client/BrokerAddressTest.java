package io.millrace.mqtt.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BrokerAddressTest {
    @ParameterizedTest
    @CsvSource({
        "tcp://h:1, tcp://h:1",
        "mqtt://h, tcp://h:1883",
        "SSL://h, ssl://h:8883",
        "mqtts://h:9/, ssl://h:9",
        "tcp://[::1]:7, tcp://[::1]:7",
        "ws://h, ws://h:8083/mqtt",
        "WSS://h, wss://h:8084/mqtt",
        "ws://h:80/, ws://h:80/",
        "wss://h:443/a/b?c=d, wss://h:443/a/b?c=d"
    })
    void bringsAddressesIntoOneForm(String given, String normalized) {
        assertThat(BrokerAddress.normalize(given)).isEqualTo(normalized);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "h:1883",
                "http://h",
                "tcp://",
                "tcp://h/path",
                "tcp://h?a",
                "ws://h/#x",
                "tcp://a b"
            })
    void refusesOthersAndSaysWhatIsAllowed(String given) {
        assertThatThrownBy(() -> BrokerAddress.normalize(given))
                .hasMessageContaining("'" + given + "'")
                .hasMessageContaining("tcp://host:1883")
                .hasMessageContaining("wss://host:8084/mqtt");
    }

    @Test
    void doesNotRepeatAPasswordInAnAddress() {
        assertThatThrownBy(() -> BrokerAddress.normalize("tcp://me:s3cret@h:1"))
                .hasMessageContaining("'username'")
                .hasMessageNotContaining("s3cret");
    }
}
