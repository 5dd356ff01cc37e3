package io.millrace.mqtt.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.common.References;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttActionListener;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.UserProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * MQTT 5 by Eclipse Paho 1.2.5. That library does not show the DUP flag, wants topic aliases off
 * (its look-up of them never finds any) and answers QoS 2 at once, so QoS 1 is the most that is
 * asked for.
 */
final class PahoV5Client implements MqttClient {
    private static final Logger LOG = LoggerFactory.getLogger(PahoV5Client.class);

    /** Codes of the protocol from here to 0xFF are refusals; the library's own are above. */
    private static final int REFUSED = 0x80;

    private final ConnectionSettings settings;
    private final String clientId;
    private final int epoch;
    private final MqttClientListener listener;
    private final PahoSockets sockets = new PahoSockets();
    private final AtomicBoolean over = new AtomicBoolean();
    private Refusals refusals;
    private MqttAsyncClient paho;

    PahoV5Client(
            ConnectionSettings settings, String clientId, int epoch, MqttClientListener listener) {
        this.settings = settings;
        this.clientId = clientId;
        this.epoch = epoch;
        this.listener = listener;
        PahoLogging.silence();
    }

    @Override
    public Connected connect() throws MqttFailure {
        List<String> addresses = settings.addresses();
        // Another attempt tries another address first.
        String address = addresses.get((epoch - 1) % addresses.size());
        refusals = new Refusals(address, clientId);
        try {
            paho = new MqttAsyncClient(address, clientId, new MemoryPersistence());
            paho.setManualAcks(true);
            // Before connecting: what arrives without a callback is thrown away.
            paho.setCallback(new Callback());
            IMqttToken token = paho.connect(options(address));
            token.waitForCompletion(settings.connectTimeout().toMillis() + 1_000);
            MqttProperties answer = token.getResponseProperties();
            Integer keepAlive = answer == null ? null : answer.getServerKeepAlive();
            Long expiry = answer == null ? null : answer.getSessionExpiryInterval();
            return new Connected(
                    token.getSessionPresent(),
                    keepAlive == null ? settings.keepAliveSeconds() : keepAlive,
                    expiry == null ? settings.sessionExpirySeconds() : expiry,
                    address);
        } catch (MqttException e) {
            throw connectFailure(e);
        } catch (IllegalArgumentException e) {
            throw MqttFailure.permanent("Cannot connect to " + address + ": " + e.getMessage(), e);
        }
    }

    private MqttFailure connectFailure(MqttException e) {
        if (e.getReasonCode() == MqttException.REASON_CODE_INVALID_RETURN_CODE) {
            return refusals.unsupportedProtocol("5", "3.1.1", e);
        }
        return e.getReasonCode() >= REFUSED && e.getReasonCode() <= 0xFF
                ? refusals.connect5(e.getReasonCode(), Refusals.Said.NOTHING, e)
                : refusals.network("Connecting to", e);
    }

    private MqttConnectionOptions options(String address) throws MqttFailure {
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setAutomaticReconnect(false);
        options.setCleanStart(false);
        options.setSessionExpiryInterval(settings.sessionExpirySeconds());
        options.setReceiveMaximum(settings.receiveMaximum());
        options.setTopicAliasMaximum(0);
        options.setUseSubscriptionIdentifiers(false);
        options.setKeepAliveInterval(settings.keepAliveSeconds());
        options.setConnectionTimeout(settings.connectTimeoutSeconds());
        if (settings.username() != null) {
            options.setUserName(References.resolve(settings.username()));
        }
        if (settings.password() != null) {
            options.setPassword(settings.password().reveal().getBytes(UTF_8));
        }
        if (BrokerAddress.isTls(address)) {
            options.setHttpsHostnameVerificationEnabled(settings.tls().verifyHostname());
            options.setSocketFactory(sockets.tls(TlsContext.of(settings.tls()).getSocketFactory()));
        } else {
            options.setSocketFactory(sockets.plain());
        }
        return options;
    }

    @Override
    public void subscribe(Subscription asked) throws MqttFailure {
        String filter = asked.filter();
        MqttSubscription subscription = new MqttSubscription(filter, asked.qos());
        subscription.setRetainHandling(asked.retained().code());
        // Only what was stored on its topic carries the flag then, as with MQTT 3.1.1.
        subscription.setRetainAsPublished(false);
        try {
            paho.subscribe(
                    new MqttSubscription[] {subscription},
                    null,
                    new Subscribed(filter),
                    new MqttProperties());
        } catch (MqttException e) {
            throw refusals.network("Subscribing to '" + filter + "' at", e);
        } catch (IllegalArgumentException e) {
            throw MqttFailure.permanent(
                    "Cannot subscribe to '" + filter + "': " + e.getMessage(), e);
        }
    }

    @Override
    public void acknowledge(int[] packetIds, int count) throws MqttFailure {
        if (over.get()) {
            throw refusals.network("The connection to", null);
        }
        try {
            for (int i = 0; i < count; i++) {
                paho.messageArrivedComplete(packetIds[i], 1);
            }
        } catch (MqttException | RuntimeException e) {
            // Paho throws NullPointerExceptions while it disconnects.
            throw refusals.network("Acknowledging to", e);
        }
    }

    @Override
    public boolean canConfirm() {
        return false;
    }

    @Override
    public boolean canPause() {
        return false;
    }

    @Override
    public void unsubscribe(String filter) throws MqttFailure {
        try {
            paho.unsubscribe(new String[] {filter}, null, new Unsubscribed(), new MqttProperties());
        } catch (MqttException e) {
            throw refusals.network("Unsubscribing from '" + filter + "' at", e);
        }
    }

    @Override
    public void endSession() {
        close(true);
    }

    @Override
    public void close() {
        close(false);
    }

    private void close(boolean forget) {
        boolean live = !over.getAndSet(true) && paho != null && paho.isConnected();
        try {
            if (live) {
                MqttProperties properties = new MqttProperties();
                if (forget) {
                    properties.setSessionExpiryInterval(0L);
                }
                paho.disconnect(1_500, null, null, 0, properties).waitForCompletion(3_500);
            }
        } catch (MqttException | RuntimeException e) {
            LOG.debug("Client {} did not disconnect in order", clientId, e);
        }
        // Its threads end with its socket. paho.close() would only set fields to null, which
        // threads that are still ending trip over.
        sockets.close();
    }

    private static MessageProperties properties(MqttProperties properties) {
        if (properties == null) {
            return MessageProperties.NONE;
        }
        List<Map.Entry<String, String>> user = List.of();
        if (properties.getUserProperties() != null) {
            user = properties.getUserProperties().stream().map(PahoV5Client::entry).toList();
        }
        if (user.isEmpty()
                && properties.getContentType() == null
                && properties.getResponseTopic() == null
                && properties.getCorrelationData() == null
                && properties.getMessageExpiryInterval() == null) {
            return MessageProperties.NONE;
        }
        return new MessageProperties(
                user,
                properties.getContentType(),
                properties.getResponseTopic(),
                properties.getCorrelationData(),
                properties.getMessageExpiryInterval());
    }

    private static Map.Entry<String, String> entry(UserProperty property) {
        return Map.entry(property.getKey(), property.getValue());
    }

    /** Called by Paho's threads. */
    private final class Callback implements MqttCallback {
        @Override
        public void messageArrived(String topic, MqttMessage message) {
            if (over.get()) {
                return;
            }
            // A list that can grow: it is the receiver's.
            List<ReceivedMessage> one = new ArrayList<>(1);
            one.add(
                    new ReceivedMessage(
                            epoch,
                            message.getQos() == 0 ? 0 : message.getId(),
                            topic,
                            message.getPayload(),
                            message.getQos(),
                            message.isRetained(),
                            false,
                            System.currentTimeMillis(),
                            properties(message.getProperties())));
            listener.received(one);
        }

        @Override
        public void disconnected(MqttDisconnectResponse response) {
            if (over.getAndSet(true)) {
                return;
            }
            MqttException cause = response.getException();
            listener.lost(
                    cause == null
                            ? refusals.disconnect(
                                    response.getReturnCode(),
                                    new Refusals.Said(
                                            response.getReasonString(),
                                            response.getServerReference()),
                                    null)
                            : refusals.network("The connection to", cause));
        }

        @Override
        public void mqttErrorOccurred(MqttException exception) {
            LOG.warn("Client {} met an error", clientId, exception);
        }

        @Override
        public void deliveryComplete(IMqttToken token) {}

        @Override
        public void connectComplete(boolean reconnect, String serverURI) {}

        @Override
        public void authPacketArrived(int reasonCode, MqttProperties properties) {}
    }

    /** Called by a thread of Paho's. */
    private final class Unsubscribed implements MqttActionListener {
        @Override
        public void onSuccess(IMqttToken token) {
            listener.unsubscribed();
        }

        @Override
        public void onFailure(IMqttToken token, Throwable cause) {
            // The connection ends, or the subscription was not there any more.
            listener.unsubscribed();
        }
    }

    /** Called by a thread of Paho's. */
    private final class Subscribed implements MqttActionListener {
        private final String filter;

        Subscribed(String filter) {
            this.filter = filter;
        }

        @Override
        public void onSuccess(IMqttToken token) {
            int[] codes = token.getReasonCodes();
            boolean refused = codes != null && codes.length > 0 && codes[0] >= REFUSED;
            listener.subscribed(refused ? refusals.subscribe(codes[0], filter) : null);
        }

        @Override
        public void onFailure(IMqttToken token, Throwable cause) {
            int code = cause instanceof MqttException e ? e.getReasonCode() : 0;
            listener.subscribed(
                    code >= REFUSED && code <= 0xFF
                            ? refusals.subscribe(code, filter)
                            : refusals.network("Subscribing to '" + filter + "' at", cause));
        }
    }
}
