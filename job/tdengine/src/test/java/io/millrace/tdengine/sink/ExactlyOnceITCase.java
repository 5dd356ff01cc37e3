package io.millrace.tdengine.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.millrace.common.Secret;
import io.millrace.devkit.tdengine.TDengineUnderTest;
import io.millrace.tdengine.sink.writer.CollisionPolicy;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.connector.base.DeliveryGuarantee;
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

/** Rows get their times from the clock, so whatever is computed twice is seen. */
class ExactlyOnceITCase {
    private static final long ROWS = 20_000;
    private static final RowType ROW =
            (RowType)
                    DataTypes.ROW(
                                    DataTypes.FIELD("ts", DataTypes.BIGINT()),
                                    DataTypes.FIELD("v", DataTypes.BIGINT()),
                                    DataTypes.FIELD("dev", DataTypes.INT()))
                            .getLogicalType();

    @RegisterExtension
    static final MiniClusterExtension FLINK =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(2)
                            .build());

    /** The job's functions are copied; what they share is here. */
    private static final AtomicInteger FAILURES = new AtomicInteger();

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
        database = server.freshDatabase("");
        server.execute("CREATE STABLE " + database + ".st (ts TIMESTAMP, v BIGINT) TAGS (dev INT)");
        FAILURES.set(0);
    }

    /** Fails when the rows are at these numbers, each once. */
    private void run(DeliveryGuarantee delivery, long... failAt) throws Exception {
        Configuration configuration = new Configuration();
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 20);
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ZERO);
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        environment.setParallelism(1);
        environment.enableCheckpointing(50);
        environment.getConfig().enableObjectReuse();
        TDengineSinkBuilder builder = TDengineSink.builder();
        builder.connection()
                .url(server.url())
                .username(server.username())
                .password(Secret.of(server.password()))
                .requestTimeout(Duration.ofSeconds(2));
        environment
                .fromSource(
                        new NumberSequenceSource(0, ROWS - 1),
                        WatermarkStrategy.noWatermarks(),
                        "numbers")
                .map(
                        i -> {
                            int failures = FAILURES.get();
                            if (failures < failAt.length
                                    && i == failAt[failures]
                                    && FAILURES.compareAndSet(failures, failures + 1)) {
                                throw new IllegalStateException("The test fails the job");
                            }
                            if (i % 10 == 0) {
                                // About a row for every second table in a millisecond.
                                Thread.sleep(1);
                            }
                            return (RowData)
                                    GenericRowData.of(
                                            System.currentTimeMillis(), i, (int) (i % 20));
                        })
                .returns(InternalTypeInfo.of(ROW))
                .sinkTo(
                        builder.database(database)
                                .superTable("st")
                                .subTable("d_${dev}")
                                .rowType(ROW)
                                .maxRows(50)
                                .timestampCollision(CollisionPolicy.SHIFT, 10_000)
                                .delivery(delivery, 64 << 20)
                                .build());
        environment.execute();
    }

    private long rows() {
        return number("SELECT COUNT(*) FROM " + database + ".st");
    }

    private long sum() {
        return number("SELECT SUM(v) FROM " + database + ".st");
    }

    private static long number(String query) {
        return ((Number) server.rows(query).get(0).get(0)).longValue();
    }

    private void assertEachOnce() {
        assertThat(rows()).isEqualTo(ROWS);
        assertThat(sum()).isEqualTo(ROWS * (ROWS - 1) / 2);
    }

    @Test
    void writesEachRowOnceAlthoughTheJobFails() throws Exception {
        run(DeliveryGuarantee.EXACTLY_ONCE, 7_000, 12_345, 17_001, 19_999);

        assertThat(FAILURES).hasValue(4);
        assertEachOnce();
    }

    @Test
    void thatIsMoreThanAtLeastOnceDoes() throws Exception {
        run(DeliveryGuarantee.AT_LEAST_ONCE, 7_000, 12_345, 17_001, 19_999);

        assertThat(rows()).isGreaterThan(ROWS);
    }

    @Test
    void writesEachRowOnceAlthoughCommitsAreCut() throws Exception {
        assumeTrue(server.isEmbedded(), "a real server makes no faults to order");
        server.server().faults().cutBeforeExecuting(2);
        server.server().faults().cutAfterExecuting(2);
        run(DeliveryGuarantee.EXACTLY_ONCE, 15_000);

        assertThat(FAILURES).hasValue(1);
        assertEachOnce();
    }
}
