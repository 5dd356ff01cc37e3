package io.millrace.mqtt.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.millrace.common.Secret;
import io.millrace.common.probe.Check;
import io.millrace.common.probe.Verdict;
import io.millrace.devkit.mqtt.Mosquitto;
import io.millrace.devkit.mqtt.MosquittoUsers;
import io.millrace.devkit.tls.TestCertificates;
import io.millrace.mqtt.client.ClientLibrary;
import io.millrace.mqtt.client.ConnectionSettings;
import io.millrace.mqtt.client.ProtocolVersion;
import io.millrace.mqtt.client.RetainedHandling;
import io.millrace.mqtt.client.Subscription;
import io.millrace.mqtt.client.TlsSettings;
import io.millrace.mqtt.client.TrialConnection;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Looks at a Mosquitto that speaks TLS and has users with rights. */
class MqttProbeITCase {
    private static final String PASSWORD = "quite secret";
    private static final String SHARED = "$share/g/devices/#";

    @TempDir private static Path folder;
    private static Mosquitto broker;
    private static TestCertificates certificate;
    private static TestCertificates other;

    @BeforeAll
    static void start() throws Exception {
        assumeThat(Mosquitto.isInstalled()).as("Mosquitto is installed").isTrue();
        certificate = TestCertificates.forHost(folder, "broker", "localhost", 20);
        other = TestCertificates.forHost(folder, "other", "elsewhere.example");
        List<String> lines = new ArrayList<>();
        lines.add("certfile " + certificate.certificate());
        lines.add("keyfile " + certificate.key());
        lines.addAll(
                List.of(
                        new MosquittoUsers(folder)
                                .add(
                                        "plant",
                                        PASSWORD,
                                        "topic read devices/#",
                                        "topic write alerts/#",
                                        "topic write devices/#")
                                .lines()));
        broker = Mosquitto.in(folder, lines.toArray(String[]::new)).start();
    }

    @AfterAll
    static void stop() {
        if (broker != null) {
            broker.close();
        }
    }

    private static ConnectionSettings settings(
            String url, String password, TlsSettings tls, ProtocolVersion version) {
        return new ConnectionSettings(
                url,
                ClientLibrary.NETTY,
                version,
                password == null ? null : "plant",
                password == null ? null : Secret.of(password),
                tls,
                Duration.ofSeconds(60),
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                Duration.ofDays(1),
                5_000,
                1 << 20);
    }

    private static ConnectionSettings good() {
        return settings(url("localhost"), PASSWORD, trust(certificate), ProtocolVersion.V5);
    }

    private static String url(String host) {
        return "ssl://" + host + ":" + broker.port();
    }

    private static TlsSettings trust(TestCertificates authority) {
        return TlsSettings.pem(authority.certificate().toString(), null, null);
    }

    private static List<Check> probe(
            ConnectionSettings settings, List<String> filters, String... topics) {
        return new MqttProbe(
                        new MqttProbeRequest(
                                settings,
                                filters,
                                1,
                                List.of(topics),
                                Duration.ofSeconds(5),
                                Duration.ofMillis(200)))
                .run();
    }

    private static Check last(List<Check> checks) {
        return checks.get(checks.size() - 1);
    }

    private static Check named(String name, List<Check> checks) {
        return checks.stream().filter(check -> check.name().equals(name)).findFirst().orElseThrow();
    }

    private static void assertBad(Check check, String name, String found, String remedy) {
        assertThat(check.name()).isEqualTo(name);
        assertThat(check.verdict()).isEqualTo(Verdict.BAD);
        assertThat(check.found()).contains(found);
        assertThat(check.remedy()).contains(remedy);
    }

    @Test
    void tellsAllThatABrokerGrantsAndLeavesNothingThere() throws Exception {
        List<Check> checks = probe(good(), List.of("devices/+/temp", SHARED), "alerts/test");

        assertThat(checks)
                .extracting(Check::name)
                .containsExactly(
                        "DNS",
                        "TCP",
                        "TLS",
                        "certificate",
                        "authentication",
                        "protocol",
                        "session kept",
                        "limits",
                        "in flight",
                        "subscribe",
                        "subscribe",
                        "publish",
                        "broker");
        assertThat(checks).noneMatch(Check::isBad);
        assertThat(named("TLS", checks).found()).contains("TLSv1.3", "for 'localhost'");
        assertThat(named("certificate", checks).verdict()).isEqualTo(Verdict.WARNING);
        assertThat(named("certificate", checks).found()).contains("for localhost", "in 19 days");
        assertThat(named("authentication", checks).found()).contains("'plant'");
        assertThat(named("session kept", checks).found()).contains("1 d");
        assertThat(named("in flight", checks).found()).contains("to the job at most 5000");
        assertThat(named("subscribe", checks).found()).contains("'devices/+/temp' with QoS 1");
        assertThat(checks.toString()).doesNotContain(PASSWORD);
        assertThat(sessionsLeft()).isEmpty();
    }

    /** Of all client ids that the broker has seen, those that it still knows a session of. */
    private static List<String> sessionsLeft() throws Exception {
        List<String> left = new ArrayList<>();
        Matcher ids = Pattern.compile("as (millrace-test-\\w+)").matcher(broker.log());
        int seen = 0;
        while (ids.find()) {
            seen++;
            try (TrialConnection again = new TrialConnection(good(), ids.group(1), false, 0)) {
                if (again.connect().sessionPresent()) {
                    left.add(ids.group(1));
                }
            }
        }
        assertThat(seen).isGreaterThan(2);
        return left;
    }

    @Test
    void takesNoMessageFromTheJobsGroupNorItsSession() throws Exception {
        try (TrialConnection job = new TrialConnection(good(), "plant-1-0", true, 60);
                TrialConnection device = new TrialConnection(good(), "device", true, 0)) {
            job.connect();
            device.connect();
            job.subscribe(new Subscription(SHARED, 1, RetainedHandling.NEVER));
            Thread probing = new Thread(() -> probe(good(), List.of(SHARED, SHARED, SHARED)));
            probing.start();
            List<String> got = new ArrayList<>();
            int sent = 0;
            while (probing.isAlive() || sent < 20) {
                device.publish("devices/1", String.valueOf(sent++));
                job.nextMessage(Duration.ofSeconds(5)).ifPresent(got::add);
            }
            probing.join();
            assertThat(got).hasSize(sent);
            assertThat(job.isOpen()).isTrue();
        }
    }

    @Test
    void saysWhatIsWrongWithTheNetworkAndStopsThere() {
        Check unknown = last(probe(at("tcp://no-such-host.invalid:1883"), List.of("a")));
        assertBad(unknown, "DNS", "'no-such-host.invalid' is not known", "'url'");
        Check refused = last(probe(at("tcp://127.0.0.1:1"), List.of("a")));
        assertBad(refused, "TCP", "127.0.0.1:1 refuses", "1883");
    }

    private static ConnectionSettings at(String url) {
        return settings(url, null, TlsSettings.DEFAULT, ProtocolVersion.V5);
    }

    @Test
    void saysWhatIsWrongWithTlsAndStopsThere() {
        List<Check> untrusted =
                probe(
                        settings(url("localhost"), PASSWORD, trust(other), ProtocolVersion.V5),
                        List.of());
        assertBad(
                named("TLS", untrusted), "TLS", "authority of the certificate is not", "'tls.ca'");
        assertThat(last(untrusted).name()).isEqualTo("certificate");
        assertThat(last(untrusted).found()).contains("for localhost, by itself");

        List<Check> otherName =
                probe(
                        settings(
                                url("127.0.0.1"), PASSWORD, trust(certificate), ProtocolVersion.V5),
                        List.of());
        assertBad(
                named("TLS", otherName),
                "TLS",
                "is not for '127.0.0.1' but for localhost",
                "'tls.server-name'");
        assertThat(otherName).noneMatch(check -> check.name().equals("authentication"));
    }

    @Test
    void saysThatAPortSpeaksNoTlsOrOnlyTls() throws Exception {
        try (ServerSocket silent = listen("hello, this is no TLS\n".getBytes())) {
            assertBad(
                    last(probe(at("ssl://127.0.0.1:" + silent.getLocalPort()), List.of())),
                    "TLS",
                    "answers, but not with TLS",
                    "tcp://");
        }
        assertBad(
                last(probe(at("tcp://localhost:" + broker.port()), List.of())),
                "authentication",
                "tcp://localhost",
                "ssl://");
    }

    @Test
    void tellsAWrongPasswordFromAMissingRight() {
        Check password =
                last(
                        probe(
                                settings(
                                        url("localhost"),
                                        "wrong",
                                        trust(certificate),
                                        ProtocolVersion.V5),
                                List.of("devices/#")));
        assertThat(password.name()).isEqualTo("authentication");
        assertThat(password.isBad()).isTrue();
        assertThat(password.remedy()).contains("'username'", "'password'");

        List<Check> rights = probe(good(), List.of("devices/#"), "secret/x");
        assertThat(named("subscribe", rights).verdict()).isEqualTo(Verdict.GOOD);
        assertBad(named("publish", rights), "publish", "'secret/x'", "access rules");
    }

    @Test
    void seesWhatABrokerGrantsAndDoesNotDeliver() throws Exception {
        List<Check> checks =
                probe(good(), List.of("devices/#", "alerts/#"), "devices/test", "alerts/test");
        assertThat(named("subscribe", checks).remedy()).contains("--publish");
        List<Check> delivered =
                checks.stream().filter(check -> check.name().equals("delivery")).toList();
        assertThat(delivered.get(0).verdict()).isEqualTo(Verdict.GOOD);
        assertBad(delivered.get(1), "delivery", "'alerts/#'", "'alerts/test'");
    }

    @Test
    void saysThatASubscriptionIsRefused() throws Exception {
        try (ServerSocket strict = strictBroker()) {
            List<Check> checks =
                    probe(
                            at("tcp://127.0.0.1:" + strict.getLocalPort()),
                            List.of("secret/#", "secret/a"));
            List<Check> subscribed =
                    checks.stream().filter(check -> check.name().equals("subscribe")).toList();
            assertBad(subscribed.get(0), "subscribe", "'secret/#'", "access rules");
            assertBad(subscribed.get(1), "subscribe", "'secret/a'", "access rules");
        }
    }

    @Test
    void saysWhichVersionABrokerSpeaksInstead() throws Exception {
        try (ServerSocket old = oldBroker()) {
            Check check = last(probe(at("tcp://127.0.0.1:" + old.getLocalPort()), List.of()));
            assertBad(
                    check,
                    "authentication",
                    "does not speak MQTT 5",
                    "'protocol-version' = '3.1.1'");
        }
    }

    @Test
    void findsOutThatSessionsAreKeptWithTheOlderProtocolToo() throws Exception {
        List<Check> checks =
                probe(
                        settings(
                                url("localhost"),
                                PASSWORD,
                                trust(certificate),
                                ProtocolVersion.V3_1_1),
                        List.of("devices/#"));
        assertThat(named("session kept", checks).found()).contains("yes");
        assertThat(named("protocol", checks).verdict()).isEqualTo(Verdict.WARNING);
        assertThat(sessionsLeft()).isEmpty();
    }

    /** Answers each CONNECT of MQTT 5 as a broker of 3.1.1 does. */
    private static ServerSocket oldBroker() throws IOException {
        return serve(
                socket -> {
                    InputStream in = socket.getInputStream();
                    byte[] connect = in.readNBytes(9);
                    if (connect.length == 9) {
                        byte code = (byte) (connect[8] == 5 ? 1 : 0);
                        socket.getOutputStream().write(new byte[] {0x20, 2, 0, code});
                        in.readAllBytes();
                    }
                });
    }

    /** Speaks MQTT 5, keeps sessions and refuses subscriptions to topics of secrets. */
    private static ServerSocket strictBroker() throws IOException {
        return serve(
                socket -> {
                    DataInputStream in = new DataInputStream(socket.getInputStream());
                    while (true) {
                        int type = in.readUnsignedByte();
                        byte[] body = in.readNBytes(in.readUnsignedByte());
                        if (type == 0x10) {
                            boolean clean = (body[7] & 2) != 0;
                            socket.getOutputStream()
                                    .write(new byte[] {0x20, 3, (byte) (clean ? 0 : 1), 0, 0});
                        } else if (type == 0x82) {
                            socket.getOutputStream()
                                    .write(
                                            new byte[] {
                                                (byte) 0x90, 4, body[0], body[1], 0, (byte) 0x87
                                            });
                        }
                    }
                });
    }

    private static ServerSocket listen(byte[] answer) throws IOException {
        return serve(
                socket -> {
                    socket.getOutputStream().write(answer);
                    socket.getInputStream().readAllBytes();
                });
    }

    @FunctionalInterface
    private interface Conversation {
        void with(Socket socket) throws IOException;
    }

    private static ServerSocket serve(Conversation conversation) throws IOException {
        ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Thread thread =
                new Thread(
                        () -> {
                            while (!server.isClosed()) {
                                accept(server, conversation);
                            }
                        });
        thread.setDaemon(true);
        thread.start();
        return server;
    }

    private static void accept(ServerSocket server, Conversation conversation) {
        try {
            Socket socket = server.accept();
            Thread thread =
                    new Thread(
                            () -> {
                                try (socket) {
                                    conversation.with(socket);
                                } catch (IOException e) {
                                    // The client has gone.
                                }
                            });
            thread.setDaemon(true);
            thread.start();
        } catch (IOException e) {
            // The end.
        }
    }
}
