package io.millrace.tdengine.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.millrace.common.Secret;
import io.millrace.devkit.tdengine.TDengineUnderTest;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Jobs of the DataStream API with checkpoints. */
class TDengineJobITCase {
    @RegisterExtension
    static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(2)
                            .build());

    private static final long T0 = 1_767_225_600_000L;
    private static final RowType ROW =
            (RowType)
                    DataTypes.ROW(
                                    DataTypes.FIELD("ts", DataTypes.BIGINT()),
                                    DataTypes.FIELD("v", DataTypes.BIGINT()),
                                    DataTypes.FIELD("dev", DataTypes.INT()))
                            .getLogicalType();

    /** Reset by each test; the job runs in this JVM. */
    private static final AtomicBoolean FAILED = new AtomicBoolean();

    private static TDengineUnderTest server;
    private String database;

    @BeforeAll
    static void startServer() {
        server = TDengineUnderTest.start();
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @BeforeEach
    void makeTable() {
        FAILED.set(false);
        database = server.freshDatabase("");
        server.execute("CREATE STABLE " + database + ".st (ts TIMESTAMP, v BIGINT) TAGS (dev INT)");
    }

    private StreamExecutionEnvironment job(long rows, long failAt) {
        Configuration configuration = new Configuration();
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ZERO);
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        environment.setParallelism(2);
        environment.enableCheckpointing(100);
        environment.getConfig().enableObjectReuse();
        TDengineSinkBuilder builder = TDengineSink.builder();
        builder.connection()
                .url(server.url())
                .username(server.username())
                .password(Secret.of(server.password()))
                .requestTimeout(Duration.ofSeconds(60));
        environment
                .fromSource(
                        new NumberSequenceSource(0, rows - 1),
                        WatermarkStrategy.noWatermarks(),
                        "numbers")
                .map(
                        i -> {
                            if (i == failAt && FAILED.compareAndSet(false, true)) {
                                throw new IllegalStateException("The test fails the job");
                            }
                            return (RowData) GenericRowData.of(T0 + i, i, (int) (i % 20));
                        })
                .returns(InternalTypeInfo.of(ROW))
                .sinkTo(
                        builder.database(database)
                                .superTable("st")
                                .rowType(ROW)
                                .maxRows(100)
                                .build());
        return environment;
    }

    @Test
    void losesNothingWhenTheJobFails() throws Exception {
        job(20_000, 15_000).execute();

        assertThat(FAILED).isTrue();
        assertThat(server.rows("SELECT COUNT(*), SUM(v) FROM " + database + ".st").get(0))
                .extracting(n -> ((Number) n).longValue())
                .containsExactly(20_000L, 20_000L * 19_999 / 2);
    }

    @Test
    void isCancelledAtOnceWhileTheServerDoesNotAnswer() throws Exception {
        assumeTrue(server.isEmbedded(), "a real server makes no faults to order");
        JobClient job = job(10_000_000, -1).executeAsync();
        await().atMost(30, TimeUnit.SECONDS).until(() -> server.server().faults().inserts() > 5);
        server.server().faults().stallRequests(true);
        AtomicLong last = new AtomicLong(-1);
        await().pollInterval(Duration.ofMillis(200))
                .until(
                        () -> {
                            long requests = server.server().faults().requests();
                            return last.getAndSet(requests) == requests;
                        });

        long began = System.nanoTime();
        job.cancel().get(10, TimeUnit.SECONDS);
        await().atMost(10, TimeUnit.SECONDS)
                .until(() -> job.getJobStatus().get() == JobStatus.CANCELED);

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
        server.server().faults().clear();
    }
}
