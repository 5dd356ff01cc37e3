package io.millrace.mqtt.source.reader;

import io.millrace.mqtt.client.ReceivedMessage;
import io.millrace.mqtt.source.split.UnconfirmedMessages;

/**
 * Finds messages that the broker sends again although they have been emitted: by packet id and
 * digest, among those of which the broker may not know the acknowledgement.
 *
 * <p>An entry is made when a message is emitted, and dropped when the broker says that it has read
 * the acknowledgement. So there are as many entries as messages under way. A packet id may have
 * several: Mosquitto 2.0.11 gives it to another message before it has read the acknowledgement, and
 * all those messages come again.
 *
 * <p>An <i>older</i> entry comes from the restored state or an earlier connection: no
 * acknowledgement on the present connection speaks of it until the broker repeats its message. It
 * is dropped when the broker gives its packet id to a new message, and when no repetitions come any
 * more, since the broker repeats first what was under way when a connection ended.
 *
 * <p>An entry that stays too long can make the first copy of a message a repetition, if it has the
 * packet id, topic and payload of the other one and is first seen with the broker's mark of a
 * repetition. An entry that goes too early makes a second row. Not thread-safe.
 */
final class Repeats {
    private final RepeatTable table = new RepeatTable();

    // Entries of the restored state; those of the ledger are counted from there.
    private final long restored;

    // Messages that were acknowledged, as far as we are concerned.
    private long acknowledged;

    // The present connection, and the place of its first message; entries before are older.
    private int epoch;
    private long epochStart;

    // The entries of connections before that are void: the broker has lost their session.
    private int firstEpoch;

    // Of the present connection; and the last one of which a repetition was left to the broker.
    private int repeatedSinceConfirmed;
    private int passedOver;

    Repeats(UnconfirmedMessages unconfirmed) {
        for (int i = 0; i < unconfirmed.count(); i++) {
            table.add(unconfirmed.packetId(i), unconfirmed.digest(i));
        }
        restored = table.last();
        acknowledged = restored;
        epochStart = restored + 1;
    }

    /** Whether the message has been emitted already; then it has to be entered again. */
    boolean isRepeat(ReceivedMessage message) {
        if (!message.repeated() || message.qos() == 0) {
            return false;
        }
        begin(message.epoch());
        repeatedSinceConfirmed++;
        return table.remove(message.packetId(), digest(message));
    }

    /** A QoS 1 message is entered in the ledger, since it was emitted or is a repetition. */
    void entered(ReceivedMessage message) {
        begin(message.epoch());
        if (!message.repeated()) {
            table.removeBefore(epochStart, message.packetId());
        }
        table.add(message.packetId(), digest(message));
    }

    /** A message is left to the broker, which will send it again. */
    void passedOver(ReceivedMessage message) {
        if (message.repeated()) {
            passedOver = message.epoch();
        } else if (message.qos() > 0) {
            // Its packet id belonged to another message, which was acknowledged.
            table.removeBefore(Math.max(epochStart, acknowledged + 1), message.packetId());
        }
    }

    /** So many messages more are off the ledger. */
    void acknowledged(int count) {
        acknowledged += count;
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
        if (repeatedSinceConfirmed == 0 && passedOver < epoch) {
            table.removeRange(0, epochStart - 1);
        }
        repeatedSinceConfirmed = 0;
        table.removeRange(epochStart, restored + upTo);
    }

    /** Whether there are entries that only the end of the repetitions makes void. */
    boolean hasOlder() {
        return table.hasBefore(epochStart);
    }

    /** All entries, for the state. */
    UnconfirmedMessages unconfirmed() {
        return epoch < firstEpoch ? UnconfirmedMessages.NONE : table.unconfirmed();
    }

    private void begin(int newEpoch) {
        if (newEpoch > epoch) {
            if (epoch < firstEpoch && newEpoch >= firstEpoch) {
                table.removeRange(0, table.last());
            }
            epoch = newEpoch;
            epochStart = table.last() + 1;
            repeatedSinceConfirmed = 0;
        }
    }

    private static long digest(ReceivedMessage message) {
        return Digest.of(message.topic(), message.payload());
    }
}
