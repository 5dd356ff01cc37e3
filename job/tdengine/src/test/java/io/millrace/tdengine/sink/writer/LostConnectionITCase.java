package io.millrace.tdengine.sink.writer;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.devkit.proxy.FaultProxy;
import io.millrace.devkit.tdengine.TDengineUnderTest;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.types.logical.RowType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the network does on the way to any server: no row is lost. */
class LostConnectionITCase {
    private static final long T0 = 1_767_225_600_000L;
    private static final RowType ROW =
            (RowType)
                    DataTypes.ROW(
                                    DataTypes.FIELD("ts", DataTypes.BIGINT()),
                                    DataTypes.FIELD("v", DataTypes.INT()),
                                    DataTypes.FIELD("dev", DataTypes.INT()))
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

    private static Arguments fault(String name, Consumer<FaultProxy> fault) {
        return Arguments.of(name, fault);
    }

    private static void later(Runnable action) {
        CompletableFuture.delayedExecutor(3, TimeUnit.SECONDS).execute(action);
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                fault("cut", FaultProxy::cut),
                fault(
                        "down for a while",
                        proxy -> {
                            proxy.refuse();
                            proxy.cut();
                            later(proxy::admit);
                        }),
                fault(
                        "deaf for a while",
                        proxy -> {
                            proxy.stall(FaultProxy.Direction.TO_SERVER);
                            later(proxy::resume);
                        }),
                fault(
                        "mute for a while",
                        proxy -> {
                            proxy.stall(FaultProxy.Direction.TO_CLIENT);
                            later(proxy::resume);
                        }));
    }

    @ParameterizedTest(name = "network {0}")
    @MethodSource("faults")
    void losesNothing(String name, Consumer<FaultProxy> fault) throws Exception {
        String database = server.freshDatabase("");
        server.execute("CREATE STABLE " + database + ".st (ts TIMESTAMP, v INT) TAGS (dev INT)");
        URI address = URI.create(server.restUrl());
        try (FaultProxy proxy = FaultProxy.to(address.getHost(), address.getPort());
                WriterUnderTest writer =
                        new WriterUnderTest(
                                server,
                                "http://127.0.0.1:" + proxy.port(),
                                database,
                                ROW,
                                b -> b.superTable("st").maxRows(100))) {
            for (int i = 0; i < 5_000; i++) {
                if (i == 2_000) {
                    fault.accept(proxy);
                }
                writer.write(GenericRowData.of(T0 + i, i, i % 10));
            }
            writer.flush();

            assertThat(writer.metric("numRecordsSend")).isEqualTo(5_000);
            assertThat(writer.metric("tdengine.retries")).isPositive();
            assertThat(writer.letters).isEmpty();
            assertThat(server.rows("SELECT COUNT(*), SUM(v) FROM " + database + ".st").get(0))
                    .extracting(n -> ((Number) n).longValue())
                    .containsExactly(5_000L, 5_000L * 4_999 / 2);
        }
    }
}
