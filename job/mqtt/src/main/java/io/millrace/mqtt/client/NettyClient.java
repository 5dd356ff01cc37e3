package io.millrace.mqtt.client;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.handler.codec.mqtt.MqttFixedHeader;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttPublishVariableHeader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A subscriber of MQTT 5 and 3.1.1 on netty's codec. Hands over what one read of the socket brought
 * as one list, sends all acknowledgements of a call in one piece, and can be paused for any time.
 */
final class NettyClient implements MqttClient {
    private static final Logger LOG = LoggerFactory.getLogger(NettyClient.class);

    private static final int PUBACK = 0x40;
    private static final int PUBACK_LENGTH = 2;
    private static final int PUBACK_BYTES = 4;
    private static final int MAX_PACKET_ID = 65_535;

    private final ConnectionSettings settings;
    private final String clientId;
    private final int epoch;
    private final MqttClientListener listener;
    private final NettyConnection connection;

    /** What SUBSCRIBEs are out, by packet id. The owner puts, the event loop takes. */
    private final Map<Integer, String> subscriptions = new ConcurrentHashMap<>();

    // The owner's.
    private int address;
    private int lastPacketId;
    private long lastQuestion;

    NettyClient(
            ConnectionSettings settings, String clientId, int epoch, MqttClientListener listener) {
        this.settings = settings;
        this.clientId = clientId;
        this.epoch = epoch;
        this.listener = listener;
        this.connection =
                new NettyConnection(
                        settings,
                        clientId,
                        new NettyConnection.Session(
                                false, settings.sessionExpirySeconds(), settings.receiveMaximum()),
                        new Incoming());
    }

    @Override
    public void doNotGather() {
        connection.doNotGather();
    }

    @Override
    public Connected connect() throws MqttFailure {
        // Another attempt tries another address first.
        NettyConnection.Accepted accepted = connection.connect(epoch - 1);
        address = settings.addresses().indexOf(accepted.address());
        return new Connected(
                accepted.sessionPresent(),
                accepted.keepAliveSeconds(),
                accepted.sessionExpirySeconds(),
                accepted.address());
    }

    @Override
    public void subscribe(Subscription asked) throws MqttFailure {
        requireAlive("Subscribing to '" + asked.filter() + "' at");
        int packetId = nextPacketId();
        subscriptions.put(packetId, asked.filter());
        connection.writeAndFlush(Packets.subscribe(packetId, asked));
    }

    @Override
    public void unsubscribe(String filter) throws MqttFailure {
        requireAlive("Unsubscribing from '" + filter + "' at");
        connection.writeAndFlush(Packets.unsubscribe(nextPacketId(), filter));
    }

    @Override
    public void acknowledge(int[] packetIds, int count) throws MqttFailure {
        requireAlive("Acknowledging to");
        if (count == 0) {
            return;
        }
        ByteBuf packets = PooledByteBufAllocator.DEFAULT.directBuffer(count * PUBACK_BYTES);
        for (int i = 0; i < count; i++) {
            packets.writeInt(PUBACK << 24 | PUBACK_LENGTH << 16 | packetIds[i]);
        }
        connection.writeAndFlush(packets);
    }

    @Override
    public boolean canConfirm() {
        return true;
    }

    @Override
    public long confirm() throws MqttFailure {
        requireAlive("Asking");
        connection.ping(++lastQuestion);
        return lastQuestion;
    }

    @Override
    public boolean canPause() {
        return true;
    }

    @Override
    public void pause() {
        connection.setReading(false);
    }

    @Override
    public void resume() {
        connection.setReading(true);
    }

    @Override
    public void close() {
        connection.close();
    }

    @Override
    public void endSession() {
        boolean told = connection.close(true) && settings.version() == ProtocolVersion.V5;
        if (told || connection.refusals() == null) {
            return;
        }
        // MQTT 3.1.1 can only ask for that while it connects; so can whoever has lost the
        // connection.
        NettyConnection last =
                new NettyConnection(
                        settings, clientId, NettyConnection.Session.NONE, new PacketListener() {});
        try {
            last.connect(address);
        } catch (MqttFailure e) {
            LOG.warn(
                    "Session '{}' could not be removed; the broker keeps it: {}",
                    clientId,
                    e.getMessage());
        } finally {
            last.close();
        }
    }

    private void requireAlive(String doing) throws MqttFailure {
        if (connection.isOver()) {
            throw connection.refusals().network(doing, null);
        }
    }

    private int nextPacketId() {
        lastPacketId = lastPacketId == MAX_PACKET_ID ? 1 : lastPacketId + 1;
        return lastPacketId;
    }

    /** The event loop's side. */
    private final class Incoming implements PacketListener {
        // What the current read has brought so far; null for nothing.
        private List<ReceivedMessage> messages;
        private int expected;
        private long receivedAt;

        @Override
        public void onPublish(MqttPublishMessage packet) throws MqttFailure {
            MqttFixedHeader fixed = packet.fixedHeader();
            MqttPublishVariableHeader header = packet.variableHeader();
            int qos = fixed.qosLevel().value();
            if (qos > 1) {
                throw connection.refusals().qos2(header.topicName());
            }
            if (messages == null) {
                messages = new ArrayList<>(expected);
                receivedAt = System.currentTimeMillis();
            }
            ByteBuf content = packet.payload();
            byte[] payload = new byte[content.readableBytes()];
            content.readBytes(payload);
            messages.add(
                    new ReceivedMessage(
                            epoch,
                            qos == 0 ? 0 : header.packetId(),
                            header.topicName(),
                            payload,
                            qos,
                            fixed.isRetain(),
                            fixed.isDup(),
                            receivedAt,
                            Packets.messageProperties(header.properties())));
        }

        @Override
        public void readComplete() {
            handOver();
        }

        @Override
        public void onSuback(int packetId, List<Integer> codes) {
            handOver();
            String filter = subscriptions.remove(packetId);
            int code = codes.isEmpty() ? 0 : codes.get(0);
            listener.subscribed(
                    ReasonCode.isRefusal(code)
                            ? connection.refusals().subscribe(code, filter)
                            : null);
        }

        @Override
        public void onUnsuback(int packetId) {
            handOver();
            listener.unsubscribed();
        }

        @Override
        public void onPingresp(long number) {
            handOver();
            listener.confirmed(number);
        }

        @Override
        public void closed(MqttFailure cause) {
            handOver();
            listener.lost(cause);
        }

        private void handOver() {
            if (messages != null) {
                List<ReceivedMessage> whole = messages;
                messages = null;
                expected = whole.size();
                listener.received(whole);
            }
        }
    }
}
