package io.millrace.mqtt.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.common.Problems;
import io.millrace.mqtt.client.ProtocolVersion;
import io.millrace.mqtt.client.TlsSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MqttSourceSettingsTest {
    private static final Map<String, String> LEAST =
            Map.of("url", "tcp://h:1883", "topic", "a/+", "client-id.prefix", "p");

    @Test
    void defaultsAreThoseOfTheDocuments() {
        MqttSourceSettings settings = read(Map.of());

        assertThat(settings.qos()).isEqualTo(1);
        assertThat(settings.ackMode()).isEqualTo(AckMode.CHECKPOINT);
        assertThat(settings.sessions()).isEqualTo(1);
        assertThat(settings.maxUnackedMessages()).isEqualTo(50_000);
        assertThat(settings.maxUnackedBytes()).isEqualTo(64L << 20);
        assertThat(settings.rules()).isEmpty();
        assertThat(settings.connection().version()).isEqualTo(ProtocolVersion.V5);
        assertThat(settings.connection().keepAlive()).isEqualTo(Duration.ofSeconds(60));
        assertThat(settings.connection().sessionExpiry()).isEqualTo(Duration.ofDays(7));
        assertThat(settings.connection().tls()).isEqualTo(TlsSettings.DEFAULT);
    }

    @Test
    void asksForNoMoreThanMayBeHeld() {
        assertThat(read(Map.of()).connection().receiveMaximum()).isEqualTo(50_000);
        assertThat(read(Map.of("receive-maximum", "100")).connection().receiveMaximum())
                .isEqualTo(100);
    }

    @Test
    void readsAllOptions() {
        MqttSourceSettings settings =
                read(
                        Map.of(
                                "topic", "$share/g/a",
                                "scan.sessions", "3",
                                "protocol-version", "3.1.1",
                                "scan.ack-mode", "receive",
                                "scan.rules", "one;two",
                                "qos", "0",
                                "session.expiry", "1 h",
                                "username", "me",
                                "password", "s3cret"));

        assertThat(settings.sessions()).isEqualTo(3);
        assertThat(settings.connection().version()).isEqualTo(ProtocolVersion.V3_1_1);
        assertThat(settings.ackMode()).isEqualTo(AckMode.RECEIVE);
        assertThat(settings.rules()).containsExactly("one", "two");
        assertThat(settings.qos()).isZero();
        assertThat(settings.connection().sessionExpirySeconds()).isEqualTo(3_600);
        assertThat(settings.toString()).doesNotContain("s3cret");
    }

    @Test
    void qos2IsTakenForQos1() {
        assertThat(read(Map.of("qos", "2")).qos()).isEqualTo(1);
    }

    @Test
    void theJobsNameStandsInForThePrefix() {
        Map<String, String> options = new HashMap<>(LEAST);
        options.remove("client-id.prefix");
        Configuration configuration = Configuration.fromMap(options);
        Problems problems = new Problems();

        assertThat(MqttSourceSettings.read(configuration, "my job", problems).clientIdPrefix())
                .isEqualTo("my-job");
        assertThat(problems(problems)).isEmpty();
        MqttSourceSettings.read(configuration, null, problems);
        assertThat(problems(problems)).contains("'client-id.prefix' is missing");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "receive-maximum           | 70000      | Option 'receive-maximum' is 70000; allowed are 1 to 65535.",
                "scan.max-unacked-messages | 65535      | Option 'scan.max-unacked-messages' is 65535; allowed are 1 to 65534.",
                "keep-alive                | 10 ms      | Option 'keep-alive' is 10 ms; allowed are 1 s to 65535 s.",
                "qos                       | 3          | Option 'qos' is 3; allowed are 0",
                "url                       | http://h   | Option 'url': Broker address 'http://h' has an unknown scheme",
                "topic                     | a#         | Option 'topic': Topic filter 'a#' is not valid",
                "scan.sessions             | 2          | Option 'scan.sessions' is 2 and the topic 'a/+' is no shared subscription",
                "scan.sessions             | 0          | Option 'scan.sessions' is 0; allowed is 1 or more.",
                "protocol-version          | 3.1        | Option 'protocol-version' cannot be read",
                "scan.ack-mode             | never      | Option 'scan.ack-mode' cannot be read",
                "scan.dead-letter          | bin        | Option 'scan.dead-letter': Dead-letter target 'bin' is not known",
                "client-id.prefix          | a/b        | Option 'client-id.prefix' is 'a/b'",
                "password                  | x          | Option 'password' is given without 'username'.",
                "tls.key                   | k.pem      | Option 'tls.key' is given without 'tls.certificate'.",
                "tls.ca                    | ca.pem     | which does not use TLS. Write ssl://",
                "reconnect.max-delay       | 1 ms       | Option 'reconnect.max-delay' is 1 ms; allowed is 500 ms or more."
            })
    void saysWhatIsWrong(String option, String value, String message) {
        Problems problems = new Problems();
        MqttSourceSettings.read(with(Map.of(option, value)), null, problems);

        assertThat(problems(problems)).contains(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "keep-alive      | 10 s   | Option 'keep-alive' is 10 s; allowed are 1 min to 65535 s.",
                "tls.alpn        | mqtt   | Option 'tls.alpn' is given, which Paho cannot do.",
                "tls.server-name | b.test | Option 'tls.server-name' is given, which Paho cannot do."
            })
    void saysWhatPahoCannotDo(String option, String value, String message) {
        Problems problems = new Problems();
        MqttSourceSettings.read(
                with(Map.of("url", "ssl://h", "client", "paho", option, value)), null, problems);

        assertThat(problems(problems)).contains(message);
        read(Map.of("url", "ssl://h", option, value));
    }

    @Test
    void saysEverythingThatIsWrongAtOnce() {
        Problems problems = new Problems();
        MqttSourceSettings.read(
                with(Map.of("qos", "7", "keep-alive", "1 ms", "topic", "#/#")), null, problems);

        assertThat(problems(problems).lines()).hasSize(3);
    }

    @Test
    void leavesReferencesToTheMachineThatConnects() {
        MqttSourceSettings settings =
                read(Map.of("url", "${env.SURELY_NOT_SET_URL}", "tls.ca", "${env.X}/ca.pem"));

        assertThat(settings.connection().url()).isEqualTo("${env.SURELY_NOT_SET_URL}");
    }

    @Test
    void severalAddressesAreTriedInTurn() {
        assertThat(read(Map.of("url", "tcp://a, ssl://b:1,")).connection().addresses())
                .isEqualTo(List.of("tcp://a:1883", "ssl://b:1"));
    }

    private static MqttSourceSettings read(Map<String, String> more) {
        Problems problems = new Problems();
        MqttSourceSettings settings = MqttSourceSettings.read(with(more), null, problems);
        assertThat(problems(problems)).isEmpty();
        return settings;
    }

    private static Configuration with(Map<String, String> more) {
        Map<String, String> options = new HashMap<>(LEAST);
        options.putAll(more);
        return Configuration.fromMap(options);
    }

    private static String problems(Problems problems) {
        try {
            problems.throwIfAny(IllegalArgumentException::new);
            return "";
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
    }
}
