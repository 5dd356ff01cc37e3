package io.millrace.mqtt.client;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttProperties.MqttPropertyType;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttQoS;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One connection that only asks what a broker allows: it waits for each answer, and what the broker
 * delivers meanwhile counts for nothing. An object connects once. For one thread.
 */
public final class TrialConnection implements AutoCloseable {
    private final ConnectionSettings settings;
    private final NettyConnection connection;
    private final Answers answers = new Answers();
    private int lastPacketId;

    /**
     * @param settings with one address
     * @param cleanStart whether the broker shall forget what it knows of the client id
     * @param expirySeconds how long it shall keep the session; MQTT 3.1.1 keeps it unless it is to
     *     start clean
     */
    public TrialConnection(
            ConnectionSettings settings, String clientId, boolean cleanStart, long expirySeconds) {
        this.settings = settings;
        this.connection =
                new NettyConnection(
                        settings,
                        clientId,
                        new NettyConnection.Session(
                                cleanStart, expirySeconds, settings.receiveMaximum()),
                        answers);
    }

    /**
     * Connects.
     *
     * @throws MqttFailure if that fails; {@link #refusal()} tells whether it was the broker's
     *     answer
     */
    public BrokerFacts connect() throws MqttFailure {
        NettyConnection.Accepted accepted = connection.connect(0);
        MqttProperties said = answers.properties;
        return new BrokerFacts(
                accepted.sessionPresent(),
                number(said, MqttPropertyType.SESSION_EXPIRY_INTERVAL),
                small(said, MqttPropertyType.RECEIVE_MAXIMUM),
                number(said, MqttPropertyType.MAXIMUM_PACKET_SIZE),
                small(said, MqttPropertyType.MAXIMUM_QOS),
                small(said, MqttPropertyType.TOPIC_ALIAS_MAXIMUM),
                small(said, MqttPropertyType.SERVER_KEEP_ALIVE),
                accepted.retainAvailable(),
                isOn(said, MqttPropertyType.WILDCARD_SUBSCRIPTION_AVAILABLE),
                isOn(said, MqttPropertyType.SHARED_SUBSCRIPTION_AVAILABLE),
                Packets.text(said, MqttPropertyType.ASSIGNED_CLIENT_IDENTIFIER),
                Packets.text(said, MqttPropertyType.SERVER_REFERENCE),
                Packets.text(said, MqttPropertyType.REASON_STRING));
    }

    /** The broker's refusal of CONNECT, if it answered with one. */
    public Optional<Refusal> refusal() {
        int code = answers.code;
        if (code <= 0) {
            return Optional.empty();
        }
        boolean v5 = settings.version() == ProtocolVersion.V5;
        boolean version = v5 ? code == ReasonCode.UNSUPPORTED_PROTOCOL || code == 1 : code == 1;
        boolean clientId = v5 ? code == ReasonCode.CLIENT_ID_NOT_VALID : code == 2;
        boolean user =
                v5
                        ? code == ReasonCode.BAD_USER_NAME_OR_PASSWORD
                                || code == ReasonCode.NOT_AUTHORIZED
                                || code == ReasonCode.BANNED
                                || code == ReasonCode.BAD_AUTHENTICATION_METHOD
                        : code == 4 || code == 5;
        return Optional.of(
                version
                        ? Refusal.VERSION
                        : clientId ? Refusal.CLIENT_ID : user ? Refusal.USER : Refusal.OTHER);
    }

    /** What a broker does not like about a CONNECT. */
    public enum Refusal {
        VERSION,
        CLIENT_ID,
        USER,
        OTHER
    }

    /**
     * Subscribes.
     *
     * @return the QoS that the broker grants
     * @throws MqttFailure if it refuses, does not answer or hangs up
     */
    public int subscribe(Subscription subscription) throws MqttFailure {
        int packetId = ++lastPacketId;
        CompletableFuture<Integer> answer = answers.expect();
        connection.writeAndFlush(Packets.subscribe(packetId, subscription));
        int code = await(answer, "SUBSCRIBE");
        if (ReasonCode.isRefusal(code)) {
            throw connection.refusals().subscribe(code, subscription.filter());
        }
        return code;
    }

    /**
     * Publishes a message with QoS 1, which subscribers get.
     *
     * @throws MqttFailure if the broker refuses, does not answer or hangs up
     */
    public void publish(String topic, String payload) throws MqttFailure {
        CompletableFuture<Integer> answer = answers.expect();
        connection.writeAndFlush(
                MqttMessageBuilders.publish()
                        .topicName(topic)
                        .qos(MqttQoS.AT_LEAST_ONCE)
                        .messageId(++lastPacketId)
                        .payload(Unpooled.wrappedBuffer(payload.getBytes(StandardCharsets.UTF_8)))
                        .build());
        int code = await(answer, "PUBLISH");
        if (ReasonCode.isRefusal(code)) {
            throw connection.refusals().publish(code, topic);
        }
    }

    /** The text of the next message that comes within that time. */
    public Optional<String> nextMessage(Duration patience) throws InterruptedException {
        return Optional.ofNullable(
                answers.messages.poll(patience.toMillis(), TimeUnit.MILLISECONDS));
    }

    private int await(CompletableFuture<Integer> answer, String packet) throws MqttFailure {
        try {
            return answer.get(settings.operationTimeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw MqttFailure.passing(
                    "The broker does not answer "
                            + packet
                            + " within "
                            + settings.operationTimeout().toMillis()
                            + " ms.",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw MqttFailure.passing("Interrupted.", e);
        } catch (ExecutionException e) {
            throw (MqttFailure) e.getCause();
        }
    }

    /** Whether the connection still stands. */
    public boolean isOpen() {
        return !connection.isOver();
    }

    /** Ends the connection; the broker keeps the session as long as was agreed. Never throws. */
    @Override
    public void close() {
        connection.close();
    }

    /** Ends the connection and the session (MQTT 5). Never throws. */
    public void endSession() {
        connection.close(true);
    }

    private static OptionalLong number(MqttProperties said, MqttPropertyType type) {
        long value = said == null ? -1 : Packets.number(said, type, -1);
        return value < 0 ? OptionalLong.empty() : OptionalLong.of(value);
    }

    private static OptionalInt small(MqttProperties said, MqttPropertyType type) {
        OptionalLong value = number(said, type);
        return value.isEmpty() ? OptionalInt.empty() : OptionalInt.of((int) value.getAsLong());
    }

    private static boolean isOn(MqttProperties said, MqttPropertyType type) {
        return number(said, type).orElse(1) == 1;
    }

    /** The event loop's side. */
    private static final class Answers implements PacketListener {
        private final LinkedBlockingQueue<String> messages = new LinkedBlockingQueue<>(16);

        // Written by the event loop before the owner goes on.
        private volatile int code = -1;
        private volatile MqttProperties properties = MqttProperties.NO_PROPERTIES;

        // Set by the owner before it asks.
        private volatile CompletableFuture<Integer> expected = new CompletableFuture<>();
        private volatile MqttFailure lost;

        CompletableFuture<Integer> expect() {
            CompletableFuture<Integer> answer = new CompletableFuture<>();
            expected = answer;
            MqttFailure cause = lost;
            if (cause != null) {
                answer.completeExceptionally(cause);
            }
            return answer;
        }

        @Override
        public void onConnack(int answered, MqttProperties said) {
            code = answered;
            properties = said;
        }

        @Override
        public void onPublish(MqttPublishMessage message) {
            if (messages.remainingCapacity() > 0) {
                messages.offer(message.payload().toString(StandardCharsets.UTF_8));
            }
        }

        @Override
        public void onSuback(int packetId, List<Integer> codes) {
            expected.complete(codes.isEmpty() ? 0 : codes.get(0));
        }

        @Override
        public void onPuback(int packetId, int answered, String reason) {
            expected.complete(answered);
        }

        @Override
        public void closed(MqttFailure cause) {
            lost = cause;
            expected.completeExceptionally(cause);
        }
    }
}
