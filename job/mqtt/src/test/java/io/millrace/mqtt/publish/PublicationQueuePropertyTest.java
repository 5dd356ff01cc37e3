package io.millrace.mqtt.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.mqtt.client.OutgoingMessage;
import io.millrace.mqtt.client.Publication;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class PublicationQueuePropertyTest {
    private static final int MESSAGES = 150;
    private static final int TOPICS = 3;

    /** Whatever a broker answers, in whatever order, and however often the connection ends. */
    @Property(tries = 300)
    void losesNothingAndKeepsWhatIsLast(@ForAll long seed) {
        Random random = new Random(seed);
        PublicationQueue queue = new PublicationQueue(PublishEvents.NONE);
        List<Publication> sent = new ArrayList<>();
        Map<String, List<Integer>> taken = new HashMap<>();
        int put = 0;
        while (put < MESSAGES || queue.size() > 0) {
            int what = random.nextInt(100);
            if (what < 30 && put < MESSAGES) {
                queue.add(message(put % TOPICS, put));
                put++;
            } else if (what < 60) {
                sent.addAll(queue.take(1 + random.nextInt(20), 10, Long.MAX_VALUE, 0));
            } else if (what < 97 && !sent.isEmpty()) {
                // The broker reads in order, and answers in any.
                Publication publication = sent.remove(random.nextInt(sent.size()));
                if (random.nextInt(10) == 0) {
                    queue.refusedForNow(publication.number());
                } else {
                    taken.computeIfAbsent(publication.message().topic(), t -> new ArrayList<>())
                            .add(publication.message().payload()[0] & 0xFF);
                    queue.acknowledged(publication.number(), 0);
                }
            } else if (what == 99) {
                queue.rewind();
                sent.clear();
            }
        }
        for (int topic = 0; topic < TOPICS; topic++) {
            int number = topic;
            assertThat(taken.get("t" + topic))
                    .containsAll(
                            IntStream.range(0, MESSAGES)
                                    .filter(i -> i % TOPICS == number)
                                    .boxed()
                                    .toList());
        }
        assertThat(queue.inFlight()).isZero();
        assertThat(queue.bytes()).isZero();
    }

    /** A broker that answers in the order of the packets, as the protocol asks for. */
    @Property(tries = 300)
    void withAnswersInOrderTheLastOneIsTheLast(@ForAll long seed) {
        Random random = new Random(seed);
        PublicationQueue queue = new PublicationQueue(PublishEvents.NONE);
        List<Publication> sent = new ArrayList<>();
        Map<String, Integer> last = new HashMap<>();
        int put = 0;
        while (put < MESSAGES || queue.size() > 0) {
            int what = random.nextInt(100);
            if (what < 30 && put < MESSAGES) {
                queue.add(message(put % TOPICS, put));
                put++;
            } else if (what < 60) {
                sent.addAll(queue.take(1 + random.nextInt(20), 10, Long.MAX_VALUE, 0));
            } else if (what < 97 && !sent.isEmpty()) {
                Publication publication = sent.remove(0);
                if (random.nextInt(10) == 0) {
                    queue.refusedForNow(publication.number());
                } else {
                    last.put(
                            publication.message().topic(),
                            publication.message().payload()[0] & 0xFF);
                    queue.acknowledged(publication.number(), 0);
                }
            } else if (what == 99) {
                queue.rewind();
                sent.clear();
            }
        }
        assertThat(last)
                .containsEntry("t0", MESSAGES - 3)
                .containsEntry("t1", MESSAGES - 2)
                .containsEntry("t2", MESSAGES - 1);
    }

    private static OutgoingMessage message(int topic, int number) {
        return OutgoingMessage.to("t" + topic).payload(new byte[] {(byte) number}).build();
    }
}
