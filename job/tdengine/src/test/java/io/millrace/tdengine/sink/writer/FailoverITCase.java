package io.millrace.tdengine.sink.writer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.millrace.common.Secret;
import io.millrace.devkit.proxy.FaultProxy;
import io.millrace.devkit.tdengine.TDengineUnderTest;
import io.millrace.tdengine.client.TDengineConnection;
import io.millrace.tdengine.client.TDengineConnectionSettings;
import io.millrace.tdengine.client.TDengineError;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.RowType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Several addresses, wrong credentials and what is missing, at any server. */
class FailoverITCase {
    private static final long T0 = 1_767_225_600_000L;
    private static final RowType ROW =
            (RowType)
                    DataTypes.ROW(
                                    DataTypes.FIELD("ts", DataTypes.BIGINT()),
                                    DataTypes.FIELD("v", DataTypes.INT()),
                                    DataTypes.FIELD("s", DataTypes.STRING()))
                            .getLogicalType();
    private static TDengineUnderTest server;

    @BeforeAll
    static void startServer() {
        server = TDengineUnderTest.start();
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    private static FaultProxy proxy() {
        URI address = URI.create(server.restUrl());
        return FaultProxy.to(address.getHost(), address.getPort());
    }

    private static void down(FaultProxy proxy) {
        proxy.refuse();
        proxy.cut();
    }

    private static void write(WriterUnderTest writer, int from, int to) throws Exception {
        for (int i = from; i < to; i++) {
            writer.write(GenericRowData.of(T0 + i, i, StringData.fromString("x")));
        }
        writer.flush();
    }

    @Test
    void goesToTheNextAddressWhenOneFails() throws Exception {
        String database = server.freshDatabase("");
        server.execute("CREATE TABLE " + database + ".t (ts TIMESTAMP, v INT, s NCHAR(1))");
        try (FaultProxy a = proxy();
                FaultProxy b = proxy();
                WriterUnderTest writer =
                        new WriterUnderTest(
                                server,
                                "http://127.0.0.1:" + a.port() + ",http://127.0.0.1:" + b.port(),
                                database,
                                ROW,
                                builder -> builder.table("t"))) {
            for (int round = 0; round < 4; round++) {
                FaultProxy dead = round % 2 == 0 ? a : b;
                (dead == a ? b : a).admit();
                down(dead);
                write(writer, round * 100, round * 100 + 100);
            }

            assertThat(a.accepted()).isPositive();
            assertThat(b.accepted()).isPositive();
            assertThat(writer.metric("tdengine.reconnects")).isGreaterThanOrEqualTo(3);
            assertThat(writer.metric("tdengine.outageSeconds")).isZero();
        }
        assertThat(server.rows("SELECT COUNT(*) FROM " + database + ".t").get(0).get(0))
                .isEqualTo(400);
    }

    @Test
    void waitsForATableThatIsBeingCreated() throws Exception {
        String database = server.freshDatabase("");
        CompletableFuture<Void> creation =
                CompletableFuture.runAsync(
                        () ->
                                server.execute(
                                        "CREATE TABLE "
                                                + database
                                                + ".late (ts TIMESTAMP, v INT, s NCHAR(1))"),
                        CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS));
        try (WriterUnderTest writer =
                new WriterUnderTest(
                        server,
                        database,
                        ROW,
                        b -> b.table("late").missingTimeout(Duration.ofSeconds(20)))) {
            write(writer, 0, 10);
        }
        creation.get();
        assertThat(server.rows("SELECT COUNT(*) FROM " + database + ".late").get(0).get(0))
                .isEqualTo(10);
    }

    @Test
    void failsWithOneMessageWhenTheDatabaseGoesAwayForGood() throws Exception {
        String database = server.freshDatabase("");
        server.execute("CREATE TABLE " + database + ".t (ts TIMESTAMP, v INT, s NCHAR(1))");
        try (WriterUnderTest writer =
                new WriterUnderTest(server, database, ROW, b -> b.table("t"))) {
            write(writer, 0, 10);
            server.execute("DROP DATABASE " + database);

            assertThatThrownBy(() -> write(writer, 10, 20))
                    .hasStackTraceContaining("Writing to TDengine failed: 0x0388")
                    .hasStackTraceContaining(database);
        }
    }

    @Test
    void failsWithOneMessageWhenTheDatabaseWasNeverThere() throws Exception {
        try (WriterUnderTest writer =
                new WriterUnderTest(server, "no_such_db", ROW, b -> b.table("t"))) {
            assertThatThrownBy(() -> write(writer, 0, 1))
                    .hasStackTraceContaining("Database 'no_such_db' does not exist");
        }
    }

    @Test
    void tellsARefusedTokenFromAServerThatIsDown() throws Exception {
        HttpServer gateway =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        gateway.createContext(
                "/",
                exchange -> {
                    exchange.sendResponseHeaders(401, -1);
                    exchange.close();
                });
        gateway.start();
        try {
            TDengineConnectionSettings settings =
                    TDengineConnectionSettings.builder()
                            .url("http://127.0.0.1:" + gateway.getAddress().getPort())
                            .token(Secret.of("wr0ng"))
                            .connectTimeout(Duration.ofSeconds(2))
                            .build();

            assertThatThrownBy(() -> TDengineConnection.open(settings))
                    .hasMessageContaining("the token is refused")
                    .hasMessageContaining("401")
                    .hasMessageNotContaining("wr0ng")
                    .satisfies(
                            e ->
                                    assertThat(TDengineError.of(e).kind())
                                            .isEqualTo(TDengineError.Kind.FATAL));
        } finally {
            gateway.stop(0);
        }
    }
}
