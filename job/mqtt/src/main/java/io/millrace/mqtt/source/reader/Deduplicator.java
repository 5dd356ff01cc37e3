package io.millrace.mqtt.source.reader;

import io.millrace.mqtt.client.ReceivedMessage;
import io.millrace.mqtt.source.split.UnconfirmedMessages;

/**
 * Lets {@link Repeats} know what the broker says, at the right moment: when every message that came
 * before the broker's answer has been worked off. Does nothing if there is nothing to leave out.
 * Used by the task's thread only.
 */
final class Deduplicator {
    // Null if second copies are wanted.
    private final Repeats repeats;
    private final Confirmations confirmations;
    private int epoch;
    private Confirmations.Confirmed seen = Confirmations.Confirmed.NOTHING;
    private Confirmations.Confirmed applied = Confirmations.Confirmed.NOTHING;

    Deduplicator(Repeats repeats, Confirmations confirmations) {
        this.repeats = repeats;
        this.confirmations = confirmations;
        if (repeats != null) {
            confirmations.setWanted(repeats.hasOlder());
        }
    }

    /** All messages that wait will be taken now. */
    void beginBatch() {
        if (repeats != null) {
            seen = confirmations.confirmed();
        }
    }

    /** All messages that waited at {@link #beginBatch} have been worked off. */
    void endBatch() {
        if (repeats == null) {
            return;
        }
        repeats.sessionBegan(confirmations.firstEpoch());
        if (seen != applied) {
            applied = seen;
            repeats.confirmed(seen.epoch(), seen.upTo());
        }
        confirmations.setWanted(repeats.hasOlder());
    }

    /** Whether the message has been emitted already. */
    boolean isRepeat(ReceivedMessage message) {
        if (repeats == null || !message.repeated()) {
            return false;
        }
        noteConnection(message);
        return repeats.isRepeat(message);
    }

    /** A QoS 1 message is entered in the ledger. */
    void entered(ReceivedMessage message) {
        if (repeats != null) {
            noteConnection(message);
            repeats.entered(message);
        }
    }

    /** A message is left to the broker, which will send it again. */
    void passedOver(ReceivedMessage message) {
        if (repeats != null) {
            repeats.passedOver(message);
        }
    }

    /** So many messages are off the ledger. */
    void acknowledged(int count) {
        if (repeats != null) {
            repeats.acknowledged(count);
        }
    }

    private void noteConnection(ReceivedMessage message) {
        if (message.epoch() > epoch) {
            epoch = message.epoch();
            repeats.sessionBegan(confirmations.firstEpoch());
        }
    }

    /** What the broker may send again although it has been emitted, for the state. */
    UnconfirmedMessages unconfirmed() {
        return repeats == null ? UnconfirmedMessages.NONE : repeats.unconfirmed();
    }
}
