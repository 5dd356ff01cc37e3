package io.millrace.mqtt.client;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * A publisher of MQTT 5 and 3.1.1 on netty. The messages of a call go to the event loop in one
 * piece.
 */
final class NettyPublisher implements MqttPublisher {
    private static final int MAX_PACKET_ID = 65_535;

    /** Longer payloads are handed to netty as they are; a copy would cost more than a write. */
    private static final int COPY_UP_TO = 16 * 1024;

    private final ConnectionSettings settings;
    private final MqttPublisherListener listener;
    private final NettyConnection connection;

    /** What is in flight, by packet id. The owner puts, the event loop takes. */
    private final AtomicReferenceArray<Publication> inFlight =
            new AtomicReferenceArray<>(MAX_PACKET_ID + 1);

    // The owner's.
    private NettyConnection.Accepted broker;
    private int lastPacketId;

    NettyPublisher(ConnectionSettings settings, String clientId, MqttPublisherListener listener) {
        this.settings = settings;
        this.listener = listener;
        this.connection =
                new NettyConnection(
                        settings, clientId, NettyConnection.Session.NONE, new Answers());
    }

    @Override
    public Connected connect() throws MqttFailure {
        broker = connection.connect(0);
        return new Connected(broker.receiveMaximum(), broker.maximumPacketSize(), broker.address());
    }

    @Override
    public void publish(List<Publication> messages) throws MqttFailure {
        if (connection.isOver()) {
            throw connection.refusals().network("Publishing to", null);
        }
        ByteBuf packets = PooledByteBufAllocator.DEFAULT.directBuffer();
        try {
            for (Publication publication : messages) {
                packets = append(packets, publication);
            }
        } catch (MqttFailure | RuntimeException e) {
            packets.release();
            throw e;
        }
        ChannelFuture written = connection.writeAndFlush(packets);
        written.addListener(
                done -> {
                    // If it failed, so has the connection, and that is told.
                    if (done.isSuccess()) {
                        listener.written(messages);
                    }
                });
    }

    /** Adds a packet; returns where the next one belongs. */
    private ByteBuf append(ByteBuf packets, Publication publication) throws MqttFailure {
        OutgoingMessage message = publication.message();
        requireSupported(message);
        PublishPacket packet = new PublishPacket(message, settings.version());
        if (!packet.isPossible() || packet.length() > broker.maximumPacketSize()) {
            refuseTooLong(publication, packet);
            return packets;
        }
        int packetId = 0;
        if (message.qos() > 0) {
            packetId = nextPacketId();
            inFlight.set(packetId, publication);
        }
        packet.writeHead(packets, packetId);
        byte[] payload = message.payload();
        if (payload.length <= COPY_UP_TO) {
            return packets.writeBytes(payload);
        }
        // One write, since a ping must not come between.
        connection.write(Unpooled.wrappedBuffer(packets, Unpooled.wrappedBuffer(payload)));
        return PooledByteBufAllocator.DEFAULT.directBuffer();
    }

    private void requireSupported(OutgoingMessage message) throws MqttFailure {
        if (message.qos() > broker.maximumQos()) {
            throw MqttFailure.permanent(
                    "The broker at "
                            + broker.address()
                            + " takes QoS 0 only, and a message for '"
                            + message.topic()
                            + "' has QoS 1. If messages may be lost, set 'sink.qos' = '0'.",
                    null);
        }
        if (message.retain() && !broker.retainAvailable()) {
            throw MqttFailure.permanent(
                    "The broker at "
                            + broker.address()
                            + " does not keep messages on their topics, and one for '"
                            + message.topic()
                            + "' asks for it. Publish without 'retain'.",
                    null);
        }
    }

    private void refuseTooLong(Publication publication, PublishPacket packet) {
        MqttFailure failure =
                MqttFailure.permanent(
                        "Cannot publish to '"
                                + publication.message().topic()
                                + "': the packet takes "
                                + packet.length()
                                + " bytes and "
                                + (packet.isPossible()
                                        ? "the broker at "
                                                + broker.address()
                                                + " takes "
                                                + broker.maximumPacketSize()
                                                + " at most."
                                        : "MQTT has none of more than 268435455."),
                        null);
        connection.execute(() -> listener.refused(publication, failure));
    }

    private int nextPacketId() {
        // No more are in flight than there are ids.
        do {
            lastPacketId = lastPacketId == MAX_PACKET_ID ? 1 : lastPacketId + 1;
        } while (inFlight.get(lastPacketId) != null);
        return lastPacketId;
    }

    @Override
    public void close() {
        connection.close();
    }

    /** The event loop's side. */
    private final class Answers implements PacketListener {
        @Override
        public void onPuback(int packetId, int code, String reason) {
            Publication publication = inFlight.getAndSet(packetId, null);
            if (publication == null) {
                return;
            }
            if (ReasonCode.isRefusal(code)) {
                listener.refused(
                        publication,
                        connection.refusals().publish(code, publication.message().topic()));
            } else {
                listener.acknowledged(publication);
            }
        }

        @Override
        public void closed(MqttFailure cause) {
            listener.lost(cause);
        }
    }
}
