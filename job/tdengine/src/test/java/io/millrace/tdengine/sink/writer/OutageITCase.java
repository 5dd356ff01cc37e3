package io.millrace.tdengine.sink.writer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.millrace.devkit.tdengine.Faults;
import io.millrace.devkit.tdengine.TDengineUnderTest;
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

/** Whatever the server does: no row is lost, and no row is reported that is not there. */
class OutageITCase {
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
        assumeTrue(server.isEmbedded(), "a real server makes no faults to order");
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    private static Arguments fault(String name, Consumer<Faults> fault) {
        return Arguments.of(name, fault);
    }

    private static void later(long millis, Runnable action) {
        CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS).execute(action);
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                fault(
                        "stalls for a while",
                        f -> {
                            f.stallRequests(true);
                            later(3_000, () -> f.stallRequests(false));
                        }),
                fault("cuts the connection before it executes", f -> f.cutBeforeExecuting(2)),
                fault("cuts the connection before it answers", f -> f.cutAfterExecuting(2)),
                fault("never answers", f -> f.executeButDoNotAnswerNext(2)),
                fault("cuts idle connections", Faults::cutConnections),
                fault(
                        "is down for a while",
                        f -> {
                            f.refuseConnections(true);
                            f.cutConnections();
                            later(3_000, () -> f.refuseConnections(false));
                        }),
                fault("is starting up", f -> f.answerNext(3, 0x130, "Database is starting up")),
                fault(
                        "cannot reach its vnodes",
                        f -> f.answerNext(3, 0xb, "Unable to establish connection")));
    }

    @ParameterizedTest(name = "server {0}")
    @MethodSource("faults")
    void losesNothing(String name, Consumer<Faults> fault) throws Exception {
        String database = server.freshDatabase("");
        server.execute("CREATE STABLE " + database + ".st (ts TIMESTAMP, v INT) TAGS (dev INT)");
        try (WriterUnderTest writer =
                new WriterUnderTest(server, database, ROW, b -> b.superTable("st").maxRows(200))) {
            for (int i = 0; i < 3_000; i++) {
                if (i == 1_000) {
                    fault.accept(server.server().faults());
                }
                writer.write(GenericRowData.of(T0 + i, i, i % 10));
            }
            writer.flush();

            assertThat(writer.metric("numRecordsSend")).isEqualTo(3_000);
            assertThat(writer.metric("tdengine.retries")).isPositive();
            assertThat(writer.letters).isEmpty();
            // Asked while the writer still could write: what it reported is there already.
            assertThat(server.rows("SELECT COUNT(*), SUM(v) FROM " + database + ".st").get(0))
                    .extracting(n -> ((Number) n).longValue())
                    .containsExactly(3_000L, 3_000L * 2_999 / 2);
        }
        assertThat(server.server().faults().pending()).isFalse();
    }
}
