package io.millrace.mqtt.source.reader;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;

/**
 * Remembers which messages of one session have been emitted and which checkpoint covers them. A
 * checkpoint that completes covers all earlier ones, also those that were aborted or whose
 * completion was never told. Not thread-safe.
 */
public final class AckLedger {
    private final Deque<Page> covered = new ArrayDeque<>();
    private Page open = new Page();
    private int messages;
    private long bytes;

    /**
     * Enters a message that has been emitted, or dropped on purpose.
     *
     * @param receivedAt when it arrived, in milliseconds since 1970
     */
    public void emitted(int epoch, int packetId, int size, long receivedAt) {
        open.add(epoch, packetId, size, receivedAt);
        messages++;
        bytes += size;
    }

    /** A checkpoint begins: it covers all that has been entered until now. */
    public void snapshot(long checkpointId) {
        if (open.count > 0) {
            open.checkpointId = checkpointId;
            covered.addLast(open);
            open = new Page();
        }
    }

    /**
     * A checkpoint is complete.
     *
     * @return what may be acknowledged now, in the order of arrival; each message once
     */
    public Receipt complete(long checkpointId) {
        List<Page> done = new ArrayList<>();
        while (!covered.isEmpty() && covered.peekFirst().checkpointId <= checkpointId) {
            done.add(covered.removeFirst());
        }
        if (done.isEmpty()) {
            return Receipt.EMPTY;
        }
        Receipt receipt = join(done);
        messages -= receipt.count();
        bytes -= receipt.bytes();
        return receipt;
    }

    /** How many messages wait for a checkpoint. */
    public int messages() {
        return messages;
    }

    /** How many bytes they take. */
    public long bytes() {
        return bytes;
    }

    /** When the oldest of them arrived, in milliseconds since 1970. */
    public OptionalLong oldestReceivedAt() {
        Page oldest = covered.isEmpty() ? open : covered.peekFirst();
        return oldest.count == 0 ? OptionalLong.empty() : OptionalLong.of(oldest.firstReceivedAt);
    }

    private static Receipt join(List<Page> pages) {
        if (pages.size() == 1) {
            Page page = pages.get(0);
            return new Receipt(page.count, page.epochs, page.packetIds, page.bytes);
        }
        int count = pages.stream().mapToInt(page -> page.count).sum();
        int[] epochs = new int[count];
        int[] packetIds = new int[count];
        long bytes = 0;
        int at = 0;
        for (Page page : pages) {
            System.arraycopy(page.epochs, 0, epochs, at, page.count);
            System.arraycopy(page.packetIds, 0, packetIds, at, page.count);
            at += page.count;
            bytes += page.bytes;
        }
        return new Receipt(count, epochs, packetIds, bytes);
    }

    /** What was emitted between two checkpoints. */
    private static final class Page {
        private long checkpointId;
        private int count;
        private int[] epochs = new int[64];
        private int[] packetIds = new int[64];
        private long bytes;
        private long firstReceivedAt;

        void add(int epoch, int packetId, int size, long receivedAt) {
            if (count == epochs.length) {
                epochs = Arrays.copyOf(epochs, count * 2);
                packetIds = Arrays.copyOf(packetIds, count * 2);
            }
            if (count == 0) {
                firstReceivedAt = receivedAt;
            }
            epochs[count] = epoch;
            packetIds[count] = packetId;
            count++;
            bytes += size;
        }
    }
}
