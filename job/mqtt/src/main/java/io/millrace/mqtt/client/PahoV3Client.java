package io.millrace.mqtt.client;

import io.millrace.common.References;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.paho.client.mqttv3.IMqttActionListener;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.IMqttToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * MQTT 3.1.1 by Eclipse Paho 1.2.5. That protocol has neither a receive maximum nor a session
 * expiry: how much is under way and how long a session lasts is up to the broker.
 */
final class PahoV3Client implements MqttClient {
    private static final Logger LOG = LoggerFactory.getLogger(PahoV3Client.class);

    /** SUBACK's code for a refusal. */
    private static final int REFUSED = 0x80;

    private final ConnectionSettings settings;
    private final String clientId;
    private final int epoch;
    private final MqttClientListener listener;
    private final PahoSockets sockets = new PahoSockets();
    private final AtomicBoolean over = new AtomicBoolean();
    private String address;
    private Refusals refusals;
    private MqttAsyncClient paho;

    PahoV3Client(
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
        address = addresses.get((epoch - 1) % addresses.size());
        refusals = new Refusals(address, clientId);
        try {
            paho = new MqttAsyncClient(address, clientId, new MemoryPersistence());
            paho.setManualAcks(true);
            // Before connecting: what arrives without a callback is thrown away.
            paho.setCallback(new Callback());
            IMqttToken token = paho.connect(options(sockets));
            token.waitForCompletion(settings.connectTimeout().toMillis() + 1_000);
            return new Connected(
                    token.getSessionPresent(),
                    settings.keepAliveSeconds(),
                    settings.sessionExpirySeconds(),
                    address);
        } catch (MqttException e) {
            // Codes of the protocol are 1 to 5, codes of the library above 32000.
            throw e.getReasonCode() >= 1 && e.getReasonCode() <= 5
                    ? refusals.connect3(e.getReasonCode(), e)
                    : refusals.network("Connecting to", e);
        } catch (IllegalArgumentException e) {
            throw MqttFailure.permanent("Cannot connect to " + address + ": " + e.getMessage(), e);
        }
    }

    private MqttConnectOptions options(PahoSockets sockets) throws MqttFailure {
        MqttConnectOptions options = new MqttConnectOptions();
        options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
        options.setAutomaticReconnect(false);
        options.setCleanSession(false);
        options.setKeepAliveInterval(settings.keepAliveSeconds());
        options.setConnectionTimeout(settings.connectTimeoutSeconds());
        if (settings.username() != null) {
            options.setUserName(References.resolve(settings.username()));
        }
        if (settings.password() != null) {
            options.setPassword(settings.password().reveal().toCharArray());
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
        try {
            paho.subscribe(filter, asked.qos(), null, new Subscribed(filter));
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
            paho.unsubscribe(filter, null, new Unsubscribed());
        } catch (MqttException e) {
            throw refusals.network("Unsubscribing from '" + filter + "' at", e);
        }
    }

    @Override
    public void endSession() {
        close();
        // MQTT 3.1.1 can only ask for that while it connects.
        PahoSockets last = new PahoSockets();
        try {
            MqttAsyncClient clean = new MqttAsyncClient(address, clientId, new MemoryPersistence());
            MqttConnectOptions options = options(last);
            options.setCleanSession(true);
            clean.connect(options).waitForCompletion(settings.connectTimeout().toMillis());
            clean.disconnect(0).waitForCompletion(settings.connectTimeout().toMillis());
        } catch (MqttException | MqttFailure e) {
            LOG.warn(
                    "Session '{}' could not be removed from {}; the broker keeps it: {}",
                    clientId,
                    address,
                    e.getMessage());
        } finally {
            last.close();
        }
    }

    @Override
    public void close() {
        boolean live = !over.getAndSet(true) && paho != null && paho.isConnected();
        try {
            if (live) {
                paho.disconnect(1_500).waitForCompletion(3_500);
            }
        } catch (MqttException | RuntimeException e) {
            LOG.debug("Client {} did not disconnect in order", clientId, e);
        }
        // Its threads end with its socket. paho.close() would only set fields to null, which
        // threads that are still ending trip over.
        sockets.close();
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
                            message.isDuplicate(),
                            System.currentTimeMillis(),
                            MessageProperties.NONE));
            listener.received(one);
        }

        @Override
        public void connectionLost(Throwable cause) {
            if (!over.getAndSet(true)) {
                listener.lost(refusals.network("The connection to", cause));
            }
        }

        @Override
        public void deliveryComplete(IMqttDeliveryToken token) {}
    }

    /** Called by a thread of Paho's. */
    private final class Unsubscribed implements IMqttActionListener {
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
    private final class Subscribed implements IMqttActionListener {
        private final String filter;

        Subscribed(String filter) {
            this.filter = filter;
        }

        @Override
        public void onSuccess(IMqttToken token) {
            int[] granted = token.getGrantedQos();
            boolean refused = granted != null && granted.length > 0 && granted[0] >= REFUSED;
            listener.subscribed(refused ? refusals.subscribe(REFUSED, filter) : null);
        }

        @Override
        public void onFailure(IMqttToken token, Throwable cause) {
            boolean refused = cause instanceof MqttException e && e.getReasonCode() == REFUSED;
            listener.subscribed(
                    refused
                            ? refusals.subscribe(REFUSED, filter)
                            : refusals.network("Subscribing to '" + filter + "' at", cause));
        }
    }
}
