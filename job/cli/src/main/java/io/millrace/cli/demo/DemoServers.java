package io.millrace.cli.demo;

import io.millrace.devkit.mqtt.EmbeddedBroker;
import io.millrace.devkit.tdengine.DevelopmentServer;
import io.millrace.rule.Settings;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The embedded servers of the demo, on free ports of 127.0.0.1. Used by one thread. */
final class DemoServers implements AutoCloseable {
    /** TDengine's own user and password after an installation. */
    static final String USER = "root";

    static final String PASSWORD = "taosdata";

    private final EmbeddedBroker broker;
    private final DevelopmentServer tdengine;

    private DemoServers(EmbeddedBroker broker, DevelopmentServer tdengine) {
        this.broker = broker;
        this.tdengine = tdengine;
    }

    /** Starts both, one beside the other. */
    static DemoServers start() {
        CompletableFuture<EmbeddedBroker> broker =
                CompletableFuture.supplyAsync(() -> new EmbeddedBroker().start());
        DevelopmentServer tdengine =
                DevelopmentServer.builder().credentials(USER, PASSWORD).start();
        return new DemoServers(broker.join(), tdengine);
    }

    String brokerUrl() {
        return broker.url();
    }

    int brokerPort() {
        return broker.port();
    }

    String tdengineUrl() {
        return tdengine.url();
    }

    /** Connections to both. */
    Settings connections() {
        return Settings.empty()
                .withConnection("mqtt", Map.of("type", "mqtt", "url", broker.url()))
                .withConnection(
                        "tdengine",
                        Map.of(
                                "type",
                                "tdengine",
                                "url",
                                tdengine.url(),
                                "username",
                                USER,
                                "password",
                                PASSWORD));
    }

    @Override
    public void close() {
        broker.close();
        tdengine.close();
    }
}
