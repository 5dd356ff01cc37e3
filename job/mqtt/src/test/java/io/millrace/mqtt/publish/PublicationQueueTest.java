package io.millrace.mqtt.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.mqtt.client.OutgoingMessage;
import io.millrace.mqtt.client.Publication;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PublicationQueueTest {
    private final List<String> delivered = new ArrayList<>();
    private int repeated;
    private int uncertain;

    private final PublicationQueue queue =
            new PublicationQueue(
                    new PublishEvents() {
                        @Override
                        public void delivered(OutgoingMessage message, long millis) {
                            delivered.add(text(message));
                        }

                        @Override
                        public void repeated() {
                            repeated++;
                        }

                        @Override
                        public void uncertain() {
                            uncertain++;
                        }

                        @Override
                        public void news() {}
                    });

    @Test
    void sendsInOrderWithinTheWindow() {
        add("a", "1", "2", "3");

        assertThat(take(2)).containsExactly("1", "2");
        assertThat(take(2)).isEmpty();
        queue.acknowledged(0, 0);
        assertThat(take(2)).containsExactly("3");
        assertThat(queue.inFlight()).isEqualTo(2);
    }

    @Test
    void forgetsInOrderOnly() {
        add("a", "1", "2");
        take(2);

        queue.acknowledged(1, 0);
        assertThat(queue.size()).isEqualTo(2);
        queue.acknowledged(0, 0);
        assertThat(queue.size()).isZero();
        assertThat(queue.bytes()).isZero();
        assertThat(delivered).containsExactly("2", "1");
    }

    @Test
    void aNewConnectionSendsAllThatHasNoAnswerAgainInOrder() {
        add("a", "1", "2", "3");
        take(2);

        queue.rewind();

        assertThat(take(10)).containsExactly("1", "2", "3");
        assertThat(repeated).isEqualTo(2);
    }

    @Test
    void whatComesAfterALostMessageOfItsTopicIsSentAgainToo() {
        add("a", "1");
        add("b", "2");
        add("a", "3");
        take(3);
        queue.acknowledged(1, 0);
        queue.acknowledged(2, 0);

        queue.rewind();

        assertThat(take(10)).containsExactly("1", "3");
    }

    @Test
    void aRefusalThatPassesHoldsBackTheTopicAndRepeatsWhatWasSentBehind() {
        add("a", "1", "2", "3");
        take(2);

        assertThat(queue.refusedForNow(0)).isTrue();
        // 2 is still without an answer: it has to come behind 1, and 3 behind it.
        assertThat(take(10)).containsExactly("1");
        queue.acknowledged(1, 0);
        assertThat(take(10)).containsExactly("2", "3");
        queue.acknowledged(0, 0);
        queue.acknowledged(1, 0);
        queue.acknowledged(2, 0);
        assertThat(queue.size()).isZero();
        assertThat(delivered).containsExactly("1", "2", "3");
    }

    @Test
    void aRefusalThatPassesRepeatsLaterOnesThatTheBrokerHas() {
        add("a", "1", "2");
        add("b", "3");
        take(10);
        queue.acknowledged(1, 0);
        queue.acknowledged(2, 0);

        queue.refusedForNow(0);

        assertThat(take(10)).containsExactly("1", "2");
        queue.acknowledged(0, 0);
        queue.acknowledged(1, 0);
        assertThat(queue.size()).isZero();
        assertThat(delivered).containsExactly("2", "3", "1");
    }

    @Test
    void whatIsRefusedForGoodIsNotSentAgain() {
        add("a", "1", "2");
        take(2);

        assertThat(queue.refusedForGood(0)).isTrue();
        assertThat(queue.refusedForGood(0)).isFalse();
        queue.rewind();

        assertThat(take(10)).containsExactly("2");
    }

    @Test
    void qos0IsSentOnceAtMost() {
        queue.add(OutgoingMessage.to("a").qos(0).payload("1").build());
        queue.add(OutgoingMessage.to("a").qos(0).payload("2").build());
        take(1);

        queue.rewind();

        assertThat(uncertain).isEqualTo(1);
        assertThat(take(10)).containsExactly("2");
    }

    @Test
    void answersToNothingChangeNothing() {
        add("a", "1", "2");
        take(1);

        queue.acknowledged(1, 0);
        queue.acknowledged(7, 0);
        queue.acknowledged(-1, 0);
        queue.refusedForNow(1);
        assertThat(queue.inFlight()).isEqualTo(1);
        queue.acknowledged(0, 0);
        queue.acknowledged(0, 0);
        assertThat(queue.inFlight()).isZero();
        assertThat(queue.size()).isEqualTo(1);
    }

    @Test
    void takesNoMoreBytesThanAreEnough() {
        add("a", "x".repeat(1_000), "y".repeat(1_000), "z");

        assertThat(queue.take(10, 10, 1_500, 0)).hasSize(2);
        assertThat(queue.take(10, 10, 1_500, 0)).hasSize(1);
    }

    private void add(String topic, String... payloads) {
        for (String payload : payloads) {
            queue.add(OutgoingMessage.to(topic).payload(payload).build());
        }
    }

    private List<String> take(int window) {
        return queue.take(window, 100, Long.MAX_VALUE, 0).stream()
                .map(Publication::message)
                .map(PublicationQueueTest::text)
                .toList();
    }

    private static String text(OutgoingMessage message) {
        return new String(message.payload(), StandardCharsets.UTF_8);
    }
}
