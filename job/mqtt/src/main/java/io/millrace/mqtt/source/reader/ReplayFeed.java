package io.millrace.mqtt.source.reader;

import io.millrace.mqtt.client.ReceivedMessage;
import io.millrace.mqtt.source.journal.Journal;
import io.millrace.mqtt.source.journal.Replay;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands what earlier attempts left to the task's thread, piece by piece. Not thread-safe. */
final class ReplayFeed implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(ReplayFeed.class);

    /** A piece; two of them are in memory at most. */
    private static final int PIECE_MESSAGES = 2_000;

    private static final long PIECE_BYTES = 1024 * 1024;

    private final String clientId;
    private final Replay replay;
    private final JournalInbox inbox;
    private long messages;
    private boolean over;

    ReplayFeed(String clientId, Journal journal, JournalInbox inbox) {
        this.clientId = clientId;
        this.replay = journal.replay();
        this.inbox = inbox;
        LOG.info(
                "Session '{}': journal '{}', attempt {}; {}",
                clientId,
                journal.location(),
                journal.attempt(),
                replay.isOver()
                        ? "nothing to replay at position " + journal.from()
                        : "replaying positions "
                                + (journal.from() + 1)
                                + " to "
                                + journal.last()
                                + ", messages: "
                                + (journal.last() - journal.from()));
    }

    /**
     * Hands over the next piece if it is asked for.
     *
     * @return false if it is not, or there is none
     */
    boolean next() throws IOException {
        if (over || !inbox.wantsReplay()) {
            return false;
        }
        List<ReceivedMessage> piece = replay.next(PIECE_MESSAGES, PIECE_BYTES);
        if (!piece.isEmpty()) {
            messages += piece.size();
            inbox.replay(piece);
        }
        if (replay.isOver()) {
            over = true;
            tell();
            inbox.endReplay();
        }
        return true;
    }

    private void tell() {
        if (replay.missing() > 0) {
            LOG.warn(
                    "Session '{}': {} positions of the journal are missing. The restored state is older than 'scan.journal.retention' kept them for, or files were moved away; those messages are lost.",
                    clientId,
                    replay.missing());
        }
        if (messages > 0) {
            LOG.info("Session '{}': the replay is over, messages: {}", clientId, messages);
        }
    }

    @Override
    public void close() throws IOException {
        replay.close();
    }
}
