package io.millrace.mqtt.source.reader;

import static io.millrace.mqtt.source.reader.Messages.again;
import static io.millrace.mqtt.source.reader.Messages.qos1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.mqtt.client.ReceivedMessage;
import io.millrace.mqtt.source.split.UnconfirmedMessages;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/**
 * Plays a broker that keeps its packet ids, a network that loses what is on its way, and a job that
 * fails and goes on from its last checkpoint, against the ledger and the table of repetitions.
 */
class RepeatsPropertyTest {
    @Property(tries = 300)
    void everyMessageIsWrittenOnceWhateverBreaks(
            @ForAll @Size(max = 300) List<@IntRange(min = 0, max = 199) Integer> steps) {
        World world = new World(6);
        steps.forEach(world::step);
        world.settleDown();

        assertThat(world.rows).doesNotHaveDuplicates();
        assertThat(world.rows).hasSize(world.published);
        // The last acknowledgements are confirmed, so nothing is left to remember.
        assertThat(world.deduplicator.unconfirmed()).isEqualTo(UnconfirmedMessages.NONE);
    }

    /** Mosquitto 2.0.11 lets its window grow and uses packet ids again before it may. */
    @Property(tries = 150)
    void aBrokerThatUsesPacketIdsTwiceLosesNothing(
            @ForAll @Size(max = 300) List<@IntRange(min = 0, max = 199) Integer> steps) {
        World world = new World(25);
        steps.forEach(world::step);
        world.settleDown();

        assertThat(new HashSet<>(world.rows)).hasSize(world.published);
    }

    @Property(tries = 150)
    void aBrokerThatLosesItsSessionLosesNoMoreThanItHeld(
            @ForAll @Size(max = 300) List<@IntRange(min = 0, max = 204) Integer> steps) {
        World world = new World(6);
        steps.forEach(world::step);
        world.settleDown();

        Set<String> missing = new HashSet<>();
        for (int i = 0; i < world.published; i++) {
            missing.add(String.valueOf(i));
        }
        world.rows.forEach(missing::remove);
        assertThat(world.excused).containsAll(missing);
        assertThat(world.rows).doesNotHaveDuplicates();
    }

    /** Broker, network and job in one thread. */
    private static final class World {
        private static final int PACKET_IDS = 9;

        // The broker.
        private final Deque<String> queue = new ArrayDeque<>();

        private record Delivery(int packetId, String message) {}

        private final int window;
        private final List<Delivery> inFlight = new ArrayList<>();
        private int lastPacketId;
        private int published;
        private final Set<String> excused = new HashSet<>();

        // The network: messages and answers to the client, packet ids and questions to the broker.
        private final Deque<Object> toClient = new ArrayDeque<>();
        private final Deque<Object> toBroker = new ArrayDeque<>();

        private record Question(long number) {}

        // The job.
        private int epoch;
        private AckLedger ledger;
        private Confirmations confirmations;
        private Deduplicator deduplicator;
        private List<ReceivedMessage> waiting;
        private Deque<ReceivedMessage> batch;
        private boolean inBatch;
        private long questions;
        private final List<String> rows = new ArrayList<>();

        // Checkpoints: begun ones, and the last completed one.
        private record Checkpoint(long id, UnconfirmedMessages state, int rows) {}

        private final Deque<Checkpoint> begun = new ArrayDeque<>();
        private Checkpoint completed = new Checkpoint(0, UnconfirmedMessages.NONE, 0);
        private long lastCheckpoint;

        World(int window) {
            this.window = window;
            start(false);
        }

        void step(int number) {
            int choice = number % 10;
            int amount = number / 20 % 5 + 1;
            if (number >= 200) {
                loseSession();
            } else if (number >= 190) {
                fail();
            } else if (number >= 180) {
                cut(true);
            } else {
                switch (choice) {
                    case 0, 1 -> publish(amount);
                    case 2 -> brokerReads(amount);
                    case 3 -> clientReceives(amount);
                    case 4, 5 -> work(amount);
                    case 6 -> beginCheckpoint();
                    case 7 -> completeCheckpoint();
                    case 8 -> ask();
                    default -> brokerReads(1);
                }
            }
        }

        private void publish(int count) {
            for (int i = 0; i < count; i++) {
                queue.add(String.valueOf(published++));
            }
            send();
        }

        private void send() {
            while (inFlight.size() < window && !queue.isEmpty()) {
                do {
                    lastPacketId = lastPacketId % PACKET_IDS + 1;
                } while (window < PACKET_IDS && isInFlight(lastPacketId));
                String message = queue.poll();
                inFlight.add(new Delivery(lastPacketId, message));
                toClient.add(qos1(epoch, lastPacketId, message));
            }
        }

        private boolean isInFlight(int packetId) {
            return inFlight.stream().anyMatch(delivery -> delivery.packetId() == packetId);
        }

        private void acknowledge(int packetId) {
            for (int i = 0; i < inFlight.size(); i++) {
                if (inFlight.get(i).packetId() == packetId) {
                    inFlight.remove(i);
                    return;
                }
            }
        }

        private void brokerReads(int count) {
            for (int i = 0; i < count && !toBroker.isEmpty(); i++) {
                Object packet = toBroker.poll();
                if (packet instanceof Question) {
                    toClient.add(packet);
                } else {
                    acknowledge((Integer) packet);
                    send();
                }
            }
        }

        private void clientReceives(int count) {
            for (int i = 0; i < count && !toClient.isEmpty(); i++) {
                Object packet = toClient.poll();
                if (packet instanceof Question question) {
                    confirmations.answered(epoch, question.number());
                } else {
                    waiting.add((ReceivedMessage) packet);
                }
            }
        }

        private void work(int count) {
            for (int i = 0; i < count; i++) {
                if (!inBatch) {
                    deduplicator.beginBatch();
                    batch = new ArrayDeque<>(waiting);
                    waiting.clear();
                    inBatch = true;
                }
                ReceivedMessage message = batch.poll();
                if (message != null) {
                    handle(message);
                }
                if (batch.isEmpty()) {
                    deduplicator.endBatch();
                    inBatch = false;
                }
            }
        }

        private void handle(ReceivedMessage message) {
            // What was not taken before a cut comes again, unless the broker lost the session.
            boolean comesAgain =
                    message.epoch() < epoch && confirmations.firstEpoch() <= message.epoch();
            if (comesAgain) {
                deduplicator.passedOver(message);
                return;
            }
            if (!deduplicator.isRepeat(message)) {
                rows.add(new String(message.payload(), UTF_8));
            }
            deduplicator.entered(message);
            ledger.emitted(message.epoch(), message.packetId(), 1, 0);
        }

        private void beginCheckpoint() {
            lastCheckpoint++;
            ledger.snapshot(lastCheckpoint);
            begun.add(new Checkpoint(lastCheckpoint, deduplicator.unconfirmed(), rows.size()));
        }

        private void completeCheckpoint() {
            if (begun.isEmpty()) {
                return;
            }
            completed = begun.poll();
            Receipt receipt = ledger.complete(completed.id());
            for (int i = 0; i < receipt.count(); i++) {
                if (receipt.epochs()[i] == epoch) {
                    toBroker.add(receipt.packetIds()[i]);
                }
            }
            deduplicator.acknowledged(receipt.count());
            confirmations.settled(receipt.count());
        }

        private void ask() {
            if (confirmations.isDue(true)) {
                toBroker.add(new Question(++questions));
                confirmations.asked(questions);
            }
        }

        /** What is on its way is lost; the broker sends again what is in flight. */
        private void cut(boolean sessionPresent) {
            toClient.clear();
            toBroker.clear();
            questions = 0;
            epoch++;
            confirmations.connected(epoch, sessionPresent);
            for (Delivery delivery : inFlight) {
                toClient.add(again(epoch, qos1(epoch, delivery.packetId(), delivery.message())));
            }
            send();
        }

        private void fail() {
            while (rows.size() > completed.rows()) {
                rows.remove(rows.size() - 1);
            }
            begun.clear();
            start(true);
        }

        private void start(boolean sessionPresent) {
            epoch = 0;
            ledger = new AckLedger();
            confirmations = new Confirmations();
            deduplicator = new Deduplicator(new Repeats(completed.state()), confirmations);
            waiting = new ArrayList<>();
            batch = new ArrayDeque<>();
            inBatch = false;
            cut(sessionPresent);
        }

        private void loseSession() {
            excused.addAll(queue);
            inFlight.forEach(delivery -> excused.add(delivery.message()));
            queue.clear();
            inFlight.clear();
            lastPacketId = 0;
            cut(false);
            // A message that is emitted from now on may be lost with a failure of the job.
            excused.addAll(waiting.stream().map(m -> new String(m.payload(), UTF_8)).toList());
        }

        /** Nothing breaks any more. */
        void settleDown() {
            for (int calm = 0; calm < 4; calm += queue.isEmpty() && inFlight.isEmpty() ? 1 : 0) {
                clientReceives(1_000);
                work(1_000);
                beginCheckpoint();
                while (!begun.isEmpty()) {
                    completeCheckpoint();
                }
                ask();
                brokerReads(1_000);
            }
        }
    }
}
