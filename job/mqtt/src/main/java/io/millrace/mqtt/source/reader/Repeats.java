package io.millrace.mqtt.source.reader;

import io.millrace.mqtt.client.ReceivedMessage;
import io.millrace.mqtt.source.split.UnconfirmedMessages;
import java.util.BitSet;
import java.util.function.IntPredicate;

/**
 * Finds messages that the broker sends again although they have been emitted: by packet id and
 * digest, among those of which the broker may not know the acknowledgement.
 *
 * <p>An entry is made when a message is emitted. It is replaced when the broker gives its packet id
 * to another message, which it does only after an acknowledgement, and it is dropped when the
 * broker says that it has read the acknowledgement. So there are as many entries as messages under
 * way, 65,535 at most. An <i>older</i> entry comes from the restored state or an earlier
 * connection: no acknowledgement on the present connection speaks of it until the broker repeats
 * its message. The broker repeats first what was under way when a connection ended, so when no
 * repetitions come any more, older entries are of no use and are dropped too.
 *
 * <p>An entry that stays too long can make the first copy of a message a repetition, if it has the
 * packet id, topic and payload of the other one and is first seen with the broker's mark of a
 * repetition. An entry that goes too early makes a second row. Not thread-safe.
 */
final class Repeats {
    private static final int PACKET_IDS = 0x1_0000;

    // By packet id.
    private final BitSet known = new BitSet(PACKET_IDS);
    private final long[] digests = new long[PACKET_IDS];
    private final long[] places = new long[PACKET_IDS];

    // Messages entered so far.
    private long place;

    // The present connection, and the place of its first message; entries before are older.
    private int epoch;
    private long epochStart = 1;
    private int older;

    // The entries of connections before that are void: the broker has lost their session.
    private int firstEpoch;

    // Of the present connection; and the last one of which a repetition was left to the broker.
    private int repeatedSinceConfirmed;
    private int passedOver;

    Repeats(UnconfirmedMessages restored) {
        for (int i = 0; i < restored.count(); i++) {
            known.set(restored.packetId(i));
            digests[restored.packetId(i)] = restored.digest(i);
        }
        older = known.cardinality();
    }

    /** Whether the message has been emitted already. */
    boolean isRepeat(ReceivedMessage message) {
        if (!message.repeated() || message.qos() == 0) {
            return false;
        }
        begin(message.epoch());
        repeatedSinceConfirmed++;
        return known.get(message.packetId()) && digests[message.packetId()] == digest(message);
    }

    /** A QoS 1 message is entered in the ledger, since it was emitted or is a repetition. */
    void entered(ReceivedMessage message) {
        begin(message.epoch());
        place++;
        remove(message.packetId());
        known.set(message.packetId());
        digests[message.packetId()] = digest(message);
        places[message.packetId()] = place;
    }

    /** A message is left to the broker, which will send it again. */
    void passedOver(ReceivedMessage message) {
        if (message.repeated()) {
            passedOver = message.epoch();
        } else if (message.qos() > 0) {
            // Its packet id belonged to another message before.
            remove(message.packetId());
        }
    }

    /**
     * The broker lost the session; this connection is the first of another one. To be called before
     * the connection's first message is entered.
     */
    void sessionBegan(int connection) {
        firstEpoch = connection;
    }

    /**
     * The broker has read the acknowledgements of a connection. To be called when all messages that
     * came before that answer have been entered.
     *
     * @param upTo the number of the last message, as entered, of which that is true
     */
    void confirmed(int confirmedEpoch, long upTo) {
        begin(confirmedEpoch);
        if (confirmedEpoch < epoch) {
            return;
        }
        boolean over = repeatedSinceConfirmed == 0 && passedOver < epoch;
        repeatedSinceConfirmed = 0;
        removeIf(packetId -> places[packetId] < epochStart ? over : places[packetId] <= upTo);
    }

    /** Whether there are entries that only the end of the repetitions makes void. */
    boolean hasOlder() {
        return older > 0;
    }

    /** All entries, for the state. */
    UnconfirmedMessages unconfirmed() {
        int count = known.cardinality();
        if (count == 0 || epoch < firstEpoch) {
            return UnconfirmedMessages.NONE;
        }
        char[] packetIds = new char[count];
        long[] entries = new long[count];
        int at = 0;
        for (int id = known.nextSetBit(0); id >= 0; id = known.nextSetBit(id + 1)) {
            packetIds[at] = (char) id;
            entries[at++] = digests[id];
        }
        return new UnconfirmedMessages(packetIds, entries);
    }

    private void begin(int newEpoch) {
        if (newEpoch > epoch) {
            if (epoch < firstEpoch && newEpoch >= firstEpoch) {
                known.clear();
            }
            epoch = newEpoch;
            epochStart = place + 1;
            older = known.cardinality();
            repeatedSinceConfirmed = 0;
        }
    }

    private void remove(int packetId) {
        if (known.get(packetId)) {
            known.clear(packetId);
            older -= places[packetId] < epochStart ? 1 : 0;
        }
    }

    private void removeIf(IntPredicate condition) {
        for (int id = known.nextSetBit(0); id >= 0; id = known.nextSetBit(id + 1)) {
            if (condition.test(id)) {
                remove(id);
            }
        }
    }

    private static long digest(ReceivedMessage message) {
        return Digest.of(message.topic(), message.payload());
    }
}
