package io.millrace.mqtt.client;

/**
 * A message that a broker sent. The payload is not copied: nobody may change it.
 *
 * @param epoch which connection of the session brought it, counted from 1; acknowledgements are
 *     valid within one epoch only
 * @param packetId the broker's number for it, 1 to 65535; 0 with QoS 0, which has none
 * @param qos 0 or 1
 * @param retained whether the broker sent it because it was stored on its topic
 * @param repeated whether the broker says that it sends the message again (DUP); false where the
 *     client library does not tell
 * @param receivedAt when it arrived, in milliseconds since 1970
 * @param properties what MQTT 5 adds; {@link MessageProperties#NONE} with MQTT 3.1.1
 * @param position its place in the session's journal, counted from 1; 0 if there is none
 */
public record ReceivedMessage(
        int epoch,
        int packetId,
        String topic,
        byte[] payload,
        int qos,
        boolean retained,
        boolean repeated,
        long receivedAt,
        MessageProperties properties,
        long position) {

    /** A guess at the rest of the objects, so that many tiny messages count too. */
    private static final int OVERHEAD = 160;

    /** A message as it comes from the network. */
    public ReceivedMessage(
            int epoch,
            int packetId,
            String topic,
            byte[] payload,
            int qos,
            boolean retained,
            boolean repeated,
            long receivedAt,
            MessageProperties properties) {
        this(epoch, packetId, topic, payload, qos, retained, repeated, receivedAt, properties, 0);
    }

    /** The same message, in the journal. */
    public ReceivedMessage at(long journalPosition) {
        return new ReceivedMessage(
                epoch,
                packetId,
                topic,
                payload,
                qos,
                retained,
                repeated,
                receivedAt,
                properties,
                journalPosition);
    }

    /** About how many bytes of memory it holds. */
    public int size() {
        return OVERHEAD + topic.length() + payload.length;
    }
}
