package io.millrace.tdengine.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import io.millrace.common.Secret;
import io.millrace.common.probe.Check;
import io.millrace.common.probe.Verdict;
import io.millrace.devkit.tdengine.DevelopmentServer;
import io.millrace.devkit.tdengine.TDengineUnderTest;
import io.millrace.tdengine.client.TDengineConnectionSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TDengineProbeITCase {
    private static final String TOKEN = "a-token-of-the-cloud";

    private static TDengineUnderTest server;
    private static String database;

    @BeforeAll
    static void start() {
        server = TDengineUnderTest.start();
        database = server.freshDatabase("PRECISION 'us' KEEP 100d");
        server.execute(
                "CREATE STABLE "
                        + database
                        + ".meters (ts TIMESTAMP, temp FLOAT) TAGS (site NCHAR(8))",
                "CREATE TABLE " + database + ".plain (ts TIMESTAMP, v INT)");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static TDengineConnectionSettings.Builder at(String url) {
        return TDengineConnectionSettings.builder()
                .url(url)
                .connectTimeout(Duration.ofSeconds(5))
                .requestTimeout(Duration.ofSeconds(5));
    }

    private static TDengineConnectionSettings good() {
        return at(server.restUrl())
                .username(server.username())
                .password(Secret.of(server.password()))
                .build();
    }

    private static List<Check> probe(
            TDengineConnectionSettings settings, List<String> databases, String... tables) {
        return new TDengineProbe(
                        new TDengineProbeRequest(
                                settings,
                                databases,
                                List.of(tables).stream()
                                        .map(t -> new TDengineProbeRequest.Table(database, t))
                                        .toList(),
                                false,
                                Duration.ofSeconds(5)))
                .run();
    }

    private static Check last(List<Check> checks) {
        return checks.get(checks.size() - 1);
    }

    private static void assertBad(Check check, String name, String found, String remedy) {
        assertThat(check.name()).isEqualTo(name);
        assertThat(check.verdict()).isEqualTo(Verdict.BAD);
        assertThat(check.found()).contains(found);
        assertThat(check.remedy()).contains(remedy);
    }

    @Test
    void tellsAllOfAServerAndWritesNothing() {
        List<Check> checks = probe(good(), List.of(database), "meters", "plain");

        assertThat(checks)
                .extracting(Check::name)
                .containsExactly(
                        "TCP",
                        "taosAdapter",
                        "authentication",
                        "version",
                        "database",
                        "write",
                        "table",
                        "table");
        assertThat(checks).noneMatch(Check::isBad);
        assertThat(checks.get(4).found()).contains("precision us", "KEEP (100d)", "refused");
        assertThat(checks.get(5).verdict()).isEqualTo(Verdict.GOOD);
        assertThat(checks.get(6).found()).contains("super table");
        assertThat(server.rows("SHOW " + database + ".TABLES")).hasSize(1);
    }

    @Test
    void tellsAWrongPasswordFromAnUnknownUser() {
        String url = server.restUrl();
        assertBad(
                last(
                        probe(
                                at(url).username(server.username())
                                        .password(Secret.of("wrong"))
                                        .build(),
                                List.of())),
                "authentication",
                "0x0357",
                "password");
        assertBad(
                last(probe(at(url).username("nobody").password(Secret.of("x")).build(), List.of())),
                "authentication",
                "0x0351",
                "user");
    }

    @Test
    void tellsAWrongTokenFromAWrongUrl() throws Exception {
        try (DevelopmentServer cloud = DevelopmentServer.builder().token(TOKEN).start()) {
            assertThat(probe(at(cloud.url()).token(Secret.of(TOKEN)).build(), List.of()))
                    .noneMatch(Check::isBad);
            List<Check> wrong =
                    probe(at(cloud.url()).token(Secret.of("another")).build(), List.of());
            assertBad(last(wrong), "taosAdapter", "token is refused", "TDengine Cloud");
            assertThat(wrong.toString()).doesNotContain("another");
        }
        HttpServer pages =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        pages.start();
        try {
            Check check =
                    last(
                            probe(
                                    at("http://127.0.0.1:" + pages.getAddress().getPort())
                                            .token(Secret.of(TOKEN))
                                            .build(),
                                    List.of()));
            assertBad(check, "taosAdapter", "no taosAdapter (HTTP status 404)", "6041");
        } finally {
            pages.stop(0);
        }
    }

    @Test
    void saysThatNothingListensOrNoWebServerDoes() throws Exception {
        assertBad(
                last(
                        probe(
                                at("http://127.0.0.1:1")
                                        .username("root")
                                        .password(Secret.of("x"))
                                        .build(),
                                List.of())),
                "TCP",
                "refuses",
                "6041");
        try (ServerSocket other = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Thread hangsUp =
                    new Thread(
                            () -> {
                                while (!other.isClosed()) {
                                    try {
                                        other.accept().close();
                                    } catch (IOException e) {
                                        // The end.
                                    }
                                }
                            });
            hangsUp.setDaemon(true);
            hangsUp.start();
            assertBad(
                    last(
                            probe(
                                    at("http://127.0.0.1:" + other.getLocalPort())
                                            .username("root")
                                            .password(Secret.of("x"))
                                            .build(),
                                    List.of())),
                    "taosAdapter",
                    "not as a web server",
                    "6041");
        }
    }

    @Test
    void tellsWhatIsMissingAndWhatIsMeant() {
        Check missing = last(probe(good(), List.of(database.replace("millrace", "milrace"))));
        assertBad(missing, "database", "does not exist", "Did you mean '" + database + "'?");
        assertThat(missing.remedy()).contains("CREATE DATABASE");
        assertBad(
                last(probe(good(), List.of(), "metres")),
                "table",
                "does not exist",
                "Did you mean 'meters'?");
    }

    @Test
    void seesThatTheUserMayNotWrite() {
        assumeTrue(server.isEmbedded(), "a server that can be told to refuse");
        server.server()
                .faults()
                .answerNext(
                        1,
                        sql -> sql.contains("millrace_test_"),
                        0x2644,
                        "Permission denied or target object not exist");
        Check check = last(probe(good(), List.of(database)));
        assertBad(check, "write", "0x2644", "GRANT WRITE ON " + database);
    }
}
