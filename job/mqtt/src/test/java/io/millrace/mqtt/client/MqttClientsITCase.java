package io.millrace.mqtt.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.millrace.devkit.mqtt.EmbeddedBroker;
import io.millrace.devkit.mqtt.Mosquitto;
import io.millrace.devkit.proxy.FaultProxy;
import io.millrace.devkit.proxy.FaultProxy.Direction;
import io.millrace.mqtt.Publisher;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.UserProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What each client does, with each version of the protocol, on a real broker. */
@EnabledIf(
        value = "io.millrace.devkit.mqtt.Mosquitto#isInstalled",
        disabledReason = "Mosquitto is not installed")
@ParameterizedClass
@MethodSource("io.millrace.mqtt.client.ClientUnderTest#all")
class MqttClientsITCase {
    private final ClientUnderTest client;

    @TempDir Path folder;

    private Mosquitto mosquitto;

    MqttClientsITCase(ClientUnderTest client) {
        this.client = client;
    }

    @BeforeEach
    void start() {
        mosquitto = Mosquitto.in(folder).start();
    }

    @AfterEach
    void stop() {
        mosquitto.close();
    }

    @Test
    void messagesComeInTheirOrderWithAllThatBelongsToThem() throws Exception {
        try (TestConnection connection = settings().connect("all").subscribed("a/#");
                Publisher publisher = publisher()) {
            MqttProperties properties = new MqttProperties();
            properties.setUserProperties(
                    List.of(new UserProperty("k", "1"), new UserProperty("k", "2")));
            properties.setContentType("text/plain");
            properties.setResponseTopic("answers");
            properties.setCorrelationData(new byte[] {1, 2});
            properties.setMessageExpiryInterval(1_000L);
            publisher.publish("a/ä", new MqttMessage("é".getBytes(UTF_8), 1, false, properties));
            publisher.publish("a/b", new byte[0], 0);
            publisher.publish("a/c", "last");
            connection.awaitMessages(3);

            ReceivedMessage first = connection.messages().get(0);
            assertThat(first.topic()).isEqualTo("a/ä");
            assertThat(first.payload()).isEqualTo("é".getBytes(UTF_8));
            assertThat(first.qos()).isEqualTo(1);
            assertThat(first.packetId()).isPositive();
            assertThat(first.epoch()).isEqualTo(1);
            assertThat(first.repeated()).isFalse();
            assertThat(first.retained()).isFalse();
            assertThat(first.receivedAt())
                    .isBetween(System.currentTimeMillis() - 20_000, System.currentTimeMillis() + 1);
            if (client.isV5()) {
                MessageProperties received = first.properties();
                assertThat(received.userProperties())
                        .isEqualTo(List.of(Map.entry("k", "1"), Map.entry("k", "2")));
                assertThat(received.contentType()).isEqualTo("text/plain");
                assertThat(received.responseTopic()).isEqualTo("answers");
                assertThat(received.correlationData()).containsExactly(1, 2);
                assertThat(received.messageExpiry()).isBetween(990L, 1_000L);
            } else {
                assertThat(first.properties()).isSameAs(MessageProperties.NONE);
            }
            ReceivedMessage second = connection.messages().get(1);
            assertThat(second.topic()).isEqualTo("a/b");
            assertThat(second.payload()).isEmpty();
            assertThat(second.qos()).isZero();
            assertThat(second.packetId()).isZero();
            assertThat(second.properties()).isSameAs(MessageProperties.NONE);
            assertThat(connection.payloads()).last().isEqualTo("last");
        }
    }

    @Test
    void whatIsNotAcknowledgedComesAgainUnderTheSamePacketIdAndTheRestDoesNot() throws Exception {
        List<String> wanted = IntStream.range(0, 100).mapToObj(String::valueOf).toList();
        Map<Integer, String> before;
        try (TestConnection first = settings().connect("again").subscribed("a");
                Publisher publisher = publisher()) {
            assertThat(first.answer.sessionPresent()).isFalse();
            wanted.forEach(payload -> publisher.publish("a", payload));
            first.awaitMessages(100);
            assertThat(first.payloads()).isEqualTo(wanted);
            before = byPacketId(first.messages().subList(40, 100));
            // In an order of our own.
            List<Integer> ids =
                    new ArrayList<>(
                            first.messages().subList(0, 40).stream()
                                    .map(ReceivedMessage::packetId)
                                    .toList());
            Collections.reverse(ids);
            int[] padded = new int[64];
            IntStream.range(0, 40).forEach(i -> padded[i] = ids.get(i));
            first.client.acknowledge(padded, 40);
        }
        try (TestConnection second = settings().connect("again", 2)) {
            second.awaitMessages(60);

            assertThat(second.answer.sessionPresent()).isTrue();
            assertThat(second.payloads()).isEqualTo(wanted.subList(40, 100));
            assertThat(byPacketId(second.messages())).isEqualTo(before);
            assertThat(second.messages()).allMatch(message -> message.epoch() == 2);
            if (client.tellsRepeated()) {
                assertThat(second.messages()).allMatch(ReceivedMessage::repeated);
            }
        }
    }

    @Test
    void acknowledgementsReachTheBrokerAlthoughTheConnectionIsClosedAtOnce() throws Exception {
        int count = 5_000;
        try (TestConnection first = settings().connect("close").subscribed("a")) {
            publish(count);
            first.awaitMessages(count);
            first.acknowledge(0, count);
        }
        assertThatNothingIsLeft("close");
    }

    @Test
    void acknowledgementsReachTheBrokerAlthoughItIsStillSending() throws Exception {
        assumeThat(client.isPaho()).as("Paho reads on only while it is heard").isFalse();
        int count = 2_000;
        try (TestConnection first = settings().connect("close").subscribed("a")) {
            publish(count);
            first.awaitMessages(count);
            first.client.pause();
            publish(count);
            first.acknowledge(0, count);
        }
        try (TestConnection second = settings().connect("close", 2)) {
            second.awaitMessages(count);
            second.acknowledge(0, count);
        }
        assertThatNothingIsLeft("close");
    }

    @Test
    void retainedMessagesComeOnceForASession() throws Exception {
        assumeThat(client.isV5()).as("MQTT 3.1.1 sends them with each SUBSCRIBE").isTrue();
        try (Publisher publisher = publisher()) {
            publisher.publish("a", new MqttMessage("on".getBytes(UTF_8), 1, true, null));
            publisher.flush();
            try (TestConnection first = settings().connect("retained").subscribed("a")) {
                first.awaitMessages(1);
                assertThat(first.messages().get(0).retained()).isTrue();
                first.acknowledge(0, 1);
            }
            try (TestConnection second = settings().connect("retained", 2).subscribed("a")) {
                publisher.publish("a", "live");
                second.awaitMessages(1);

                assertThat(second.payloads()).containsExactly("live");
            }
        }
    }

    @Test
    void nothingComesAfterUnsubscribing() throws Exception {
        try (TestConnection connection = settings().connect("leave").subscribed("a");
                Publisher publisher = publisher()) {
            publisher.publish("a", "before");
            connection.awaitMessages(1);
            connection.client.unsubscribe("a");
            await().until(() -> connection.events.contains("unsubscribed"));
            connection.client.subscribe(new Subscription("b", 1, RetainedHandling.ON_NEW_SESSION));
            await().until(() -> Collections.frequency(connection.events, "subscribed") == 2);
            publisher.publish("a", "after");
            publisher.publish("b", "other");
            connection.awaitMessages(2);

            assertThat(connection.payloads()).containsExactly("before", "other");
        }
    }

    @Test
    void aSessionThatIsEndedIsGone() throws Exception {
        try (TestConnection first = settings().connect("end").subscribed("a")) {
            assertThat(first.answer.sessionPresent()).isFalse();
        }
        try (TestConnection second = settings().connect("end", 2)) {
            assertThat(second.answer.sessionPresent()).isTrue();
            second.client.endSession();
        }
        try (TestConnection third = settings().connect("end", 3)) {
            assertThat(third.answer.sessionPresent()).isFalse();
        }
    }

    @Test
    void aSessionIsEndedAlsoWhenItsConnectionIsGone() throws Exception {
        assumeThat(client.isPaho() && client.isV5())
                .as("Paho ends a session only on a connection")
                .isFalse();
        try (FaultProxy proxy = FaultProxy.to(mosquitto.port());
                TestConnection first =
                        client.settings("tcp://127.0.0.1:" + proxy.port())
                                .connect("end")
                                .subscribed("a")) {
            proxy.cut();
            first.awaitLost();
            first.client.endSession();
        }
        try (TestConnection second = settings().connect("end", 2)) {
            assertThat(second.answer.sessionPresent()).isFalse();
        }
    }

    @Test
    void questionsAreAnsweredInTheirOrderBehindWhatWasSentAndReceived() throws Exception {
        try (FaultProxy proxy = FaultProxy.to(mosquitto.port());
                TestConnection connection =
                        client.settings("tcp://127.0.0.1:" + proxy.port())
                                .keepAlive(Duration.ofSeconds(client.isPaho() ? 60 : 1))
                                .connect("ask")
                                .subscribed("a")) {
            assumeThat(connection.client.canConfirm()).as("Can confirm").isTrue();
            publish(1);
            connection.awaitMessages(1);
            // Pings of the keep-alive go in between.
            await().pollDelay(Duration.ofMillis(1_200)).until(() -> true);
            proxy.stall(Direction.TO_SERVER);
            connection.acknowledge(0, 1);
            assertThat(connection.client.confirm()).isEqualTo(1);
            assertThat(connection.client.confirm()).isEqualTo(2);
            await().pollDelay(Duration.ofMillis(300)).until(() -> true);
            assertThat(connection.events).containsExactly("subscribed", "received 1");
            proxy.resume();
            await().until(() -> connection.events.contains("confirmed 2"));

            assertThat(connection.events)
                    .containsExactly("subscribed", "received 1", "confirmed 1", "confirmed 2");
        }
    }

    @Test
    void aTakenOverSessionNamesTheOption() throws Exception {
        // Mosquitto 2.0 hangs up without a word.
        try (EmbeddedBroker broker = new EmbeddedBroker().start();
                TestConnection first = client.settings(broker.url()).connect("same");
                TestConnection second = client.settings(broker.url()).connect("same")) {
            first.awaitLost();

            assertThat(first.lost).hasSize(1);
            assertThat(first.lost.get(0).isPermanent()).isEqualTo(client.isV5());
            if (client.isV5()) {
                assertThat(first.lost.get(0))
                        .hasMessageContaining("Another client uses the id 'same'")
                        .hasMessageContaining("'client-id.prefix'");
            }
            assertThatThrownBy(() -> first.client.acknowledge(new int[] {1}, 1))
                    .isInstanceOf(MqttFailure.class);
            assertThat(second.lost).isEmpty();
        }
    }

    @Test
    void aWrongPasswordIsARefusalThatStays() throws Exception {
        try (EmbeddedBroker broker = new EmbeddedBroker().withUser("me", "s3cret").start()) {
            assertThatThrownBy(() -> client.settings(broker.url()).user("me", "wrong").connect("c"))
                    .isInstanceOfSatisfying(
                            MqttFailure.class,
                            failure -> assertThat(failure.isPermanent()).isTrue())
                    .hasMessageContaining("password")
                    .hasMessageNotContaining("wrong");
            client.settings(broker.url()).user("me", "s3cret").connect("c").close();
        }
    }

    private static Map<Integer, String> byPacketId(List<ReceivedMessage> messages) {
        return messages.stream()
                .collect(
                        Collectors.toMap(
                                ReceivedMessage::packetId,
                                message -> new String(message.payload(), UTF_8)));
    }

    private TestSettings settings() {
        return client.settings(mosquitto.url());
    }

    private Publisher publisher() throws Exception {
        return new Publisher(mosquitto.url());
    }

    private void publish(int count) throws Exception {
        try (Publisher publisher = publisher()) {
            for (int i = 0; i < count; i++) {
                publisher.publish("a", String.valueOf(i));
            }
        }
    }

    /** What is left would come first. */
    private void assertThatNothingIsLeft(String clientId) throws Exception {
        try (TestConnection last = settings().connect(clientId, 3);
                Publisher publisher = publisher()) {
            publisher.publish("a", "last");
            last.awaitMessages(1);

            assertThat(last.answer.sessionPresent()).isTrue();
            assertThat(last.payloads()).containsExactly("last");
        }
    }
}
