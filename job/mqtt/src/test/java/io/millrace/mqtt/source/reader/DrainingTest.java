package io.millrace.mqtt.source.reader;

import static io.millrace.mqtt.source.reader.Messages.qos1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.mqtt.source.split.MqttSplit;
import io.millrace.mqtt.source.split.SessionEvent;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DrainingTest {
    private static final Duration SHORT = Duration.ofMillis(20);
    private static final Duration LONG = Duration.ofHours(1);
    private static final MqttSplit GIVEN_UP =
            new MqttSplit("client-old", ReaderUnderTest.FILTER).draining(true);

    private final ReaderUnderTest reader = new ReaderUnderTest();

    @AfterEach
    void close() throws Exception {
        reader.close();
    }

    @Test
    void aSessionThatIsGivenUpIsReadToItsEndAcknowledgedAndEnded() throws Exception {
        reader.broker.setSessionPresent(true);
        reader.broker.deliver(qos1(1, 1, "a"), qos1(1, 2, "b"));
        FakeClients.Client client = reader.open(GIVEN_UP, SHORT, options -> {});
        assertThat(reader.pollRecords(2)).containsExactly("a", "b");
        assertThat(reader.snapshot(1)).containsExactly(GIVEN_UP);
        await().until(() -> !client.unsubscribed.isEmpty());
        assertThat(client.ended).isFalse();
        reader.complete(1);

        reader.pollUntil(() -> client.ended);
        assertThat(client.acknowledged).containsExactly(1, 2);
        assertThat(client.unsubscribed).containsExactly(ReaderUnderTest.FILTER);
        assertThat(client.subscribed).isEmpty();
        reader.pollUntil(() -> reader.snapshot(2).isEmpty());
        assertThat(reader.events()).containsExactly(new SessionEvent.Ended("client-old"));
        assertThat(reader.counter("drainedSessions")).isEqualTo(1);
        assertThat(reader.gauge("mqtt", "session", "client-old", "state")).isEqualTo(4);
    }

    @Test
    void aSessionThatTheBrokerDoesNotKnowEndsAtOnce() throws Exception {
        FakeClients.Client client = reader.open(GIVEN_UP, LONG, options -> {});

        reader.pollUntil(() -> client.ended);
        reader.pollUntil(() -> !reader.events().isEmpty());
        assertThat(reader.events()).containsExactly(new SessionEvent.Ended("client-old"));
    }

    @Test
    void doesNotEndWhileTheLastMessagesMayStillBeOnTheirWay() throws Exception {
        reader.broker.setSessionPresent(true);
        FakeClients.Client client = reader.open(GIVEN_UP, LONG, options -> {});
        reader.pollUntil(() -> reader.gauge("mqtt", "session", "client-old", "state").equals(3));
        client.listener.received(List.of(qos1(1, 1, "late")));

        assertThat(reader.pollRecords(1)).containsExactly("late");
        assertThat(client.ended).isFalse();
    }

    @Test
    void aClientThatCanConfirmIsAskedAfterTheLastAcknowledgement() throws Exception {
        reader.broker.setSessionPresent(true);
        reader.broker.setConfirming(true);
        reader.broker.deliver(qos1(1, 1, "a"));
        FakeClients.Client client = reader.open(GIVEN_UP, SHORT, options -> {});
        reader.pollRecords(1);
        await().until(() -> client.questions == 1);
        reader.snapshot(1);
        reader.complete(1);

        reader.pollUntil(() -> client.ended);
        assertThat(client.questions).isEqualTo(2);
    }

    @Test
    void goesOnDrainingOnTheNextConnectionAfterACut() throws Exception {
        reader.broker.setSessionPresent(true);
        FakeClients.Client first = reader.open(GIVEN_UP, LONG, options -> {});
        first.listener.received(List.of(qos1(1, 1, "a")));
        reader.pollRecords(1);
        FakeClients.Client second = reader.cut(first, true);
        await().until(() -> !second.unsubscribed.isEmpty());
        second.listener.received(List.of(qos1(2, 1, "a")));
        reader.pollRecords(2);
        reader.snapshot(1);
        reader.complete(1);

        await().untilAsserted(() -> assertThat(second.acknowledged).containsExactly(1));
        assertThat(first.ended).isFalse();
        assertThat(second.ended).isFalse();
    }

    @Test
    void whatWasNotEmittedIsEmittedBeforeASessionEndsThatTheBrokerLost() throws Exception {
        reader.broker.setSessionPresent(true);
        FakeClients.Client first = reader.open(GIVEN_UP, LONG, options -> {});
        first.listener.received(List.of(qos1(1, 1, "the only copy")));
        FakeClients.Client second = reader.cut(first, false);

        assertThat(reader.pollRecords(1)).containsExactly("the only copy");
        assertThat(second.ended).isFalse();
        reader.snapshot(1);
        reader.complete(1);
        reader.pollUntil(() -> second.ended);
    }

    @Test
    void aWantedSessionTellsTheEnumeratorOnceThatItHasSubscribed() throws Exception {
        FakeClients.Client first =
                reader.open(new MqttSplit("client-0", ReaderUnderTest.FILTER), LONG, options -> {});
        reader.pollUntil(() -> !reader.events().isEmpty());
        reader.cut(first, true);
        reader.pollUntil(() -> reader.counter("reconnects") == 1);
        reader.pollUntil(() -> reader.gauge("mqtt", "session", "client-0", "state").equals(2));

        assertThat(reader.events()).containsExactly(new SessionEvent.Subscribed("client-0"));
        assertThat(reader.gauge("mqtt", "session", "client-0", "reconnects")).isEqualTo(1);
    }
}
