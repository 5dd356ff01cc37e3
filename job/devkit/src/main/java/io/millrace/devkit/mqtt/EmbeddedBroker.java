package io.millrace.devkit.mqtt;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.protocol.mqtt.MQTTSessionState;
import org.apache.activemq.artemis.core.protocol.mqtt.MQTTStateManager;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptor;
import org.apache.activemq.artemis.core.security.CheckType;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.spi.core.security.ActiveMQSecurityManager;

/**
 * An MQTT broker inside this JVM: Apache Artemis, MQTT 5 and 3.1.1, everything in memory, on
 * 127.0.0.1. For development only.
 *
 * <p>It keeps sessions and their order and honours the client's receive maximum, but redelivers
 * with new packet ids and without the DUP flag; tests of that use {@link Mosquitto}. Sessions last
 * as long as the broker object runs. Not thread-safe apart from what only asks.
 */
public final class EmbeddedBroker implements AutoCloseable {
    private static final String ACCEPTOR = "mqtt";

    private final int wantedPort;
    private final String user;
    private final String password;
    private final EmbeddedActiveMQ artemis = new EmbeddedActiveMQ();
    private volatile int port;

    private EmbeddedBroker(int wantedPort, String user, String password) {
        this.wantedPort = wantedPort;
        this.user = user;
        this.password = password;
    }

    /** A broker on a free port that lets everybody in. It still has to be {@linkplain #start}ed. */
    public EmbeddedBroker() {
        this(0, null, null);
    }

    /** The same broker on a port of the caller's choice. */
    public EmbeddedBroker onPort(int port) {
        return new EmbeddedBroker(port, user, password);
    }

    /** The same broker, which lets in only who gives this name and password. */
    public EmbeddedBroker withUser(String user, String password) {
        return new EmbeddedBroker(wantedPort, user, password);
    }

    /**
     * Starts the broker; it takes connections when this returns.
     *
     * @throws IllegalStateException if it cannot, for example since the port is in use
     */
    public EmbeddedBroker start() {
        try {
            artemis.setConfiguration(configuration());
            if (user != null) {
                artemis.setSecurityManager(new OneUser(user, password));
            }
            artemis.start();
            NettyAcceptor acceptor =
                    (NettyAcceptor)
                            artemis.getActiveMQServer().getRemotingService().getAcceptor(ACCEPTOR);
            port = acceptor.getActualPort();
        } catch (Exception e) {
            throw new IllegalStateException(
                    "The embedded broker did not start on 127.0.0.1:" + wantedPort, e);
        }
        if (port <= 0) {
            close();
            throw new IllegalStateException(
                    "The embedded broker did not start: is port " + wantedPort + " in use?");
        }
        return this;
    }

    /** Where clients connect, such as {@code tcp://127.0.0.1:41883}. */
    public String url() {
        return "tcp://127.0.0.1:" + port;
    }

    /** The port it listens on. */
    public int port() {
        return port;
    }

    /** The client ids that are connected now, sorted. */
    public Set<String> connectedClients() {
        try {
            return new TreeSet<>(
                    MQTTStateManager.getInstance(artemis.getActiveMQServer())
                            .getConnectedClients()
                            .keySet());
        } catch (Exception e) {
            throw new IllegalStateException("The embedded broker does not tell its clients", e);
        }
    }

    /** What the clients that are connected now subscribe to: client id to topic filters. */
    public Map<String, Set<String>> subscriptions() {
        try {
            MQTTStateManager states = MQTTStateManager.getInstance(artemis.getActiveMQServer());
            Map<String, Set<String>> subscriptions = new TreeMap<>();
            for (String client : states.getConnectedClients().keySet()) {
                MQTTSessionState state = states.getSessionStates().get(client);
                if (state != null && !state.getSubscriptions().isEmpty()) {
                    Set<String> filters = new TreeSet<>();
                    state.getSubscriptions()
                            .forEach(subscription -> filters.add(subscription.topicFilter()));
                    subscriptions.put(client, filters);
                }
            }
            return subscriptions;
        } catch (Exception e) {
            throw new IllegalStateException("The embedded broker does not tell its clients", e);
        }
    }

    /** Stops the broker and forgets everything in it. May be called twice. */
    @Override
    public void close() {
        try {
            artemis.stop();
        } catch (Exception e) {
            throw new IllegalStateException("The embedded broker did not stop", e);
        }
    }

    private Configuration configuration() throws Exception {
        // Nothing is written there as long as persistence is off; but Artemis would name
        // folders in the working directory.
        Path data = Path.of(System.getProperty("java.io.tmpdir"), "millrace-" + UUID.randomUUID());
        AddressSettings everywhere =
                new AddressSettings()
                        // The default of 10 would take a message away from a session that
                        // reconnects 10 times.
                        .setMaxDeliveryAttempts(-1)
                        // Where none go; without a name Artemis warns of each queue.
                        .setDeadLetterAddress(SimpleString.of("undelivered"))
                        .setExpiryAddress(SimpleString.of("expired"));
        Configuration configuration = new ConfigurationImpl();
        configuration
                .setPersistenceEnabled(false)
                .setSecurityEnabled(user != null)
                .setJMXManagementEnabled(false)
                .setGracefulShutdownEnabled(false)
                .setThreadPoolMaxSize(16)
                .setScheduledThreadPoolMaxSize(2)
                .setJournalDirectory(data.resolve("journal").toString())
                .setBindingsDirectory(data.resolve("bindings").toString())
                .setPagingDirectory(data.resolve("paging").toString())
                .setLargeMessagesDirectory(data.resolve("large").toString())
                .addAddressSetting("#", everywhere)
                .addAcceptorConfiguration(
                        ACCEPTOR, "tcp://127.0.0.1:" + wantedPort + "?protocols=MQTT");
        configuration.setCriticalAnalyzer(false);
        return configuration;
    }

    /** Knows one user, who may do everything. */
    private record OneUser(String user, String password) implements ActiveMQSecurityManager {
        @Override
        public boolean validateUser(String name, String given) {
            return user.equals(name) && password.equals(given);
        }

        @Override
        public boolean validateUserAndRole(
                String name, String given, Set<Role> roles, CheckType checkType) {
            return validateUser(name, given);
        }
    }
}
