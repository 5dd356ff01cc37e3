package io.millrace.mqtt.source.reader;

import io.millrace.mqtt.client.ReceivedMessage;
import java.util.ArrayList;
import java.util.List;

/**
 * Hands messages that are in the journal to the task's thread: first those that are replayed, then
 * new ones. What waits here is bounded by those who put: a piece of the replay is put when the last
 * one was taken, and new messages count in the {@link SessionBuffer} until they are emitted.
 *
 * <p>Thread-safe: the journal's thread puts, the task's thread takes.
 */
final class JournalInbox implements Inbox {
    private final Runnable onReady;
    private final Runnable onTaken;

    // All guarded by this.
    private List<ReceivedMessage> waiting = new ArrayList<>();
    private final List<ReceivedMessage> afterReplay = new ArrayList<>();
    private boolean replaying = true;

    /**
     * @param onReady called when there is something to take
     * @param onTaken called when there is space for more of the replay
     */
    JournalInbox(Runnable onReady, Runnable onTaken) {
        this.onReady = onReady;
        this.onTaken = onTaken;
    }

    /** New messages. */
    void put(List<ReceivedMessage> messages) {
        synchronized (this) {
            (replaying ? afterReplay : waiting).addAll(messages);
        }
        onReady.run();
    }

    /** The next piece of the replay. */
    void replay(List<ReceivedMessage> messages) {
        synchronized (this) {
            waiting.addAll(messages);
        }
        onReady.run();
    }

    /** Whether a piece of the replay is asked for. */
    synchronized boolean wantsReplay() {
        return replaying && waiting.isEmpty();
    }

    /** There is nothing more to replay. */
    void endReplay() {
        synchronized (this) {
            replaying = false;
            waiting.addAll(afterReplay);
            afterReplay.clear();
        }
        onReady.run();
    }

    @Override
    public List<ReceivedMessage> take() {
        List<ReceivedMessage> taken;
        boolean more;
        synchronized (this) {
            if (waiting.isEmpty()) {
                return List.of();
            }
            taken = waiting;
            waiting = new ArrayList<>();
            more = replaying;
        }
        if (more) {
            onTaken.run();
        }
        return taken;
    }

    @Override
    public synchronized boolean isReady() {
        return !waiting.isEmpty();
    }

    /** Never: what is in the journal is the job's, whatever becomes of the connection. */
    @Override
    public boolean isHeld() {
        return false;
    }

    /** Never, for the same reason. */
    @Override
    public boolean isRepeated(ReceivedMessage message) {
        return false;
    }

    @Override
    public synchronized int waiting() {
        return waiting.size() + afterReplay.size();
    }
}
