package io.millrace.cli.trial;

import io.millrace.cli.terminal.ServerException;
import io.millrace.common.Problems;
import io.millrace.mqtt.MqttOptions;
import io.millrace.mqtt.client.ConnectionSettings;
import io.millrace.mqtt.client.MqttClient;
import io.millrace.mqtt.client.MqttClientFactory;
import io.millrace.mqtt.client.MqttClientListener;
import io.millrace.mqtt.client.MqttFailure;
import io.millrace.mqtt.client.ReceivedMessage;
import io.millrace.mqtt.client.RetainedHandling;
import io.millrace.mqtt.client.Subscription;
import io.millrace.mqtt.client.TopicFilter;
import io.millrace.mqtt.sink.MqttSinkSettings;
import io.millrace.rule.RuleException;
import io.millrace.rule.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.Configuration;

/**
 * Listens to a broker for a while: at QoS 0, under a client id that nobody else has and in a
 * session that ends with it, and never as one of those who share a subscription. So nothing is
 * taken away from a job that runs, nothing is acknowledged, and nothing is left at the broker.
 */
public final class LiveSamples {
    private LiveSamples() {}

    /**
     * Takes the next messages.
     *
     * @param filters what to listen to
     * @param count at most
     * @param timeout how long to wait for so many
     * @throws ServerException if the broker cannot be asked
     * @throws RuleException if the settings do not name one broker
     */
    public static List<Message> take(
            Settings settings, Collection<String> filters, int count, Duration timeout)
            throws InterruptedException {
        Inbox inbox = new Inbox();
        String clientId = "millrace-try-" + UUID.randomUUID();
        ConnectionSettings connection = connection(settings);
        MqttClient client =
                MqttClientFactory.of(connection.library()).create(connection, clientId, 1, inbox);
        boolean connected = false;
        try {
            client.connect();
            connected = true;
            for (String filter : filters) {
                client.subscribe(
                        new Subscription(
                                TopicFilter.parse(filter).pattern(), 0, RetainedHandling.ALWAYS));
            }
            return inbox.take(count, timeout);
        } catch (MqttFailure e) {
            throw new ServerException(
                    "No samples from the broker: %s".formatted(e.getMessage()), e);
        } finally {
            if (connected) {
                client.endSession();
            } else {
                client.close();
            }
        }
    }

    private static ConnectionSettings connection(Settings settings) {
        List<Map<String, String>> brokers =
                settings.connections().values().stream()
                        .filter(options -> "mqtt".equals(options.get("type")))
                        .toList();
        if (brokers.size() != 1) {
            throw new RuleException(
                    brokers.isEmpty()
                            ? "--sample needs a broker: give --mqtt-url or a settings file."
                            : "--sample needs one broker, and there are several connections of type 'mqtt'. Record from one with a settings file of its own.");
        }
        Map<String, String> options = new HashMap<>(brokers.get(0));
        options.remove("type");
        options.put(MqttOptions.TOPIC.key(), "any");
        Problems problems = new Problems();
        ConnectionSettings planned =
                MqttSinkSettings.read(Configuration.fromMap(options), "try", problems)
                        .publishing()
                        .connection();
        problems.throwIfAny(RuleException::new);
        return new ConnectionSettings(
                planned.url(),
                planned.library(),
                planned.version(),
                planned.username(),
                planned.password(),
                planned.tls(),
                planned.keepAlive(),
                planned.connectTimeout(),
                planned.operationTimeout(),
                Duration.ZERO,
                planned.receiveMaximum(),
                planned.maxPacketSize());
    }

    /** What comes, called by the client's threads. */
    private static final class Inbox implements MqttClientListener {
        /** A message, or why there are no more. */
        private record Item(ReceivedMessage message, MqttFailure failure) {}

        private final BlockingQueue<Item> items = new LinkedBlockingQueue<>();

        List<Message> take(int count, Duration timeout) throws InterruptedException, MqttFailure {
            List<Message> taken = new ArrayList<>();
            long deadline = System.nanoTime() + timeout.toNanos();
            while (taken.size() < count) {
                Item item = items.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                if (item == null) {
                    break;
                }
                if (item.failure() != null) {
                    throw item.failure();
                }
                taken.add(Message.of(item.message()));
            }
            return taken;
        }

        @Override
        public void received(List<ReceivedMessage> messages) {
            messages.forEach(message -> items.add(new Item(message, null)));
        }

        @Override
        public void subscribed(MqttFailure refusal) {
            if (refusal != null) {
                items.add(new Item(null, refusal));
            }
        }

        @Override
        public void unsubscribed() {}

        @Override
        public void confirmed(long question) {}

        @Override
        public void lost(MqttFailure cause) {
            items.add(new Item(null, cause));
        }
    }
}
