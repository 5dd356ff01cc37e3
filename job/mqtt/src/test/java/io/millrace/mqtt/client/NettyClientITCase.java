package io.millrace.mqtt.client;

import static io.millrace.mqtt.client.ScriptedBroker.ACCEPT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Our own client with a broker that says what no broker of ours does. */
class NettyClientITCase {
    private static final ClientUnderTest V5 =
            new ClientUnderTest(ClientLibrary.NETTY, ProtocolVersion.V5);
    private static final ClientUnderTest V3 =
            new ClientUnderTest(ClientLibrary.NETTY, ProtocolVersion.V3_1_1);

    /** PUBLISH of x on a: QoS 1 with packet id 1, and QoS 0. */
    private static final String QOS1 = "32 07 00 01 61 00 01 00 78 ";

    private static final String QOS0 = "30 05 00 01 61 00 78 ";
    private static final String SUBACK = "90 04 00 01 00 01 ";

    private ScriptedBroker broker;

    @BeforeEach
    void start() throws IOException {
        broker = new ScriptedBroker().answerHex(ACCEPT);
    }

    @AfterEach
    void stop() throws IOException {
        broker.close();
    }

    @Test
    void asksForWhatTheSettingsSay() throws Exception {
        V5.settings(broker.url()).maxPacketSize(1 << 20).user("me", "pw").connect("id").close();
        // Clean start off, 60 s; expiry 300 s, receive maximum 65535, maximum packet size 1 MiB.
        assertThat(broker.heard())
                .startsWith(
                        "10 24 00 04 4d 51 54 54 05 c0 00 3c 0d 11 00 00 01 2c 21 ff ff 27 00 10 00 00"
                                + " 00 02 69 64 00 02 6d 65 00 02 70 77");
        broker.answerHex("20 02 00 00");
        V3.settings(broker.url()).user("me", "pw").connect("id").close();
        assertThat(broker.heard())
                .startsWith(
                        "10 16 00 04 4d 51 54 54 04 c0 00 3c 00 02 69 64 00 02 6d 65 00 02 70 77");
    }

    @Test
    void messagesAreHandedOverInOneListAndBeforeTheAnswersBehindThem() throws Exception {
        try (TestConnection connection = connect()) {
            connection.client.subscribe(new Subscription("a", 1, RetainedHandling.NEVER));
            broker.say(QOS0 + QOS1 + SUBACK + QOS1);
            connection.awaitMessages(3);

            assertThat(connection.events).containsExactly("received 2", "subscribed", "received 1");
        }
    }

    @Test
    void packetsMayComeInPieces() throws Exception {
        try (TestConnection connection = connect()) {
            for (String piece : (QOS0 + QOS1 + QOS0).split(" ")) {
                broker.say(piece);
                await().pollDelay(Duration.ofMillis(2)).until(() -> true);
            }
            connection.awaitMessages(3);

            assertThat(connection.payloads()).containsExactly("x", "x", "x");
        }
    }

    @Test
    void acknowledgementsGoOutInOnePiece() throws Exception {
        try (TestConnection connection = connect()) {
            broker.heard();
            connection.client.acknowledge(new int[] {1, 0x1234, 0xFFFF, 7}, 3);
            await().untilAsserted(
                            () ->
                                    assertThat(broker.heard())
                                            .isEqualTo("40 02 00 01 40 02 12 34 40 02 ff ff"));
        }
    }

    @Test
    void theBrokersKeepAliveIsHonoured() throws Exception {
        broker.answerHex("20 06 00 00 03 13 00 01");
        try (TestConnection connection = connect()) {
            assertThat(connection.answer.keepAliveSeconds()).isEqualTo(1);
            broker.heard();
            await().atMost(Duration.ofMillis(1_500))
                    .untilAsserted(() -> assertThat(broker.heard()).startsWith("c0 00"));
            connection.awaitLost();

            assertThat(connection.lost)
                    .singleElement()
                    .satisfies(
                            failure ->
                                    assertThat(failure)
                                            .hasMessageContaining("silent")
                                            .hasMessageContaining("1 s"));
        }
    }

    @Test
    void aSubscriptionThatIsRefusedIsTold() throws Exception {
        try (TestConnection connection = connect()) {
            connection.client.subscribe(new Subscription("a/#", 1, RetainedHandling.NEVER));
            broker.say("90 04 00 01 00 87");
            await().until(() -> !connection.events.isEmpty());

            assertThat(connection.events.get(0))
                    .startsWith("refused: Cannot subscribe to 'a/#'")
                    .contains("access rules");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "20 0a 00 97 07 1f 00 04 66 75 6c 6c | false | it says: full. Raise its limit",
                "20 09 00 9d 06 1c 00 03 62 3a 31    | false | it names b:1. Put the new address into 'url'",
                "20 03 00 8c 00                      | true  | authentication method",
                "20 03 00 87 00                      | true  | not authorized",
                "20 03 00 89 00                      | false | it is busy",
                "20 02 00 01                         | true  | 'protocol-version' = '3.1.1'",
                "20 03 00 33 00                      | false | no MQTT packet",
                "48 54 54 50 2f 31 2e 31 20 34 30 30 | false | no MQTT packet"
            })
    void refusalsSayWhatToDo(String answer, boolean permanent, String message) {
        broker.answerHex(answer);

        assertThatThrownBy(this::connect)
                .isInstanceOfSatisfying(
                        MqttFailure.class,
                        failure -> assertThat(failure.isPermanent()).isEqualTo(permanent))
                .hasMessageContaining(broker.url())
                .hasMessageContaining(message);
    }

    @Test
    void aBrokerThatHangsUpInsteadOfAnsweringIsAFailureThatPasses() {
        broker.answerHex("").hangingUp();

        assertThatThrownBy(this::connect)
                .isInstanceOfSatisfying(
                        MqttFailure.class, failure -> assertThat(failure.isPermanent()).isFalse())
                .hasMessageContaining("closed the connection before CONNACK");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "34 07 00 01 61 00 01 00 78 | true  | QoS 2 on 'a'",
                "30 80 80 04                | true  | 'max-packet-size', which is 1000 bytes",
                "f0 ff ff ff ff             | false | no MQTT packet",
                "20 03 00 00 00             | false | second CONNACK",
                "c0 00                      | false | PINGREQ",
                "e0 01 8e                   | true  | Another client uses the id 'id'",
                "e0 01 8b                   | false | it is shutting down",
                "e0 00                      | false | ended the connection with code 0x00"
            })
    void whatEndsAConnectionIsToldOnceBehindTheMessages(
            String bytes, boolean permanent, String message) throws Exception {
        try (TestConnection connection = connect()) {
            broker.say(QOS1 + bytes);
            connection.awaitLost();
            await().pollDelay(Duration.ofMillis(50)).until(() -> true);

            assertThat(connection.events).containsExactly("received 1");
            assertThat(connection.lost).hasSize(1);
            assertThat(connection.lost.get(0)).hasMessageContaining(message);
            assertThat(connection.lost.get(0).isPermanent()).isEqualTo(permanent);
            assertThatThrownBy(() -> connection.client.confirm()).isInstanceOf(MqttFailure.class);
        }
    }

    @Test
    void aListenerThatFailsEndsTheConnectionForGood() throws Exception {
        try (TestConnection connection = connect()) {
            connection.onReceived =
                    messages -> {
                        throw new IllegalStateException("on purpose");
                    };
            broker.say(QOS1);
            connection.awaitLost();

            assertThat(connection.lost.get(0).isPermanent()).isTrue();
            assertThat(connection.lost.get(0)).hasMessageContaining("on purpose");
        }
    }

    @Test
    void nothingIsToldOnceTheClientCloses() throws Exception {
        try (TestConnection connection = connect()) {
            connection.onReceived = messages -> connection.client.close();
            broker.say(QOS1);
            connection.awaitMessages(1);
            await().untilAsserted(
                            () ->
                                    assertThatThrownBy(() -> connection.client.confirm())
                                            .isInstanceOf(MqttFailure.class));

            assertThat(connection.events).containsExactly("received 1");
            assertThat(connection.lost).isEmpty();
        }
    }

    private TestConnection connect() throws MqttFailure {
        return V5.settings(broker.url()).maxPacketSize(1_000).connect("id");
    }
}
