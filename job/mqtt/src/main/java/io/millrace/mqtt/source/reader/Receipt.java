package io.millrace.mqtt.source.reader;

/**
 * What is needed to acknowledge messages, in the order of their arrival. The arrays belong to the
 * receipt; only the first {@code count} entries count.
 *
 * @param epochs which connection brought each message
 * @param packetIds the broker's number for each; 0 for one that needs no acknowledgement
 * @param bytes size of all messages together
 */
public record Receipt(int count, int[] epochs, int[] packetIds, long bytes) {
    /** Nothing to acknowledge. */
    public static final Receipt EMPTY = new Receipt(0, new int[0], new int[0], 0);
}
