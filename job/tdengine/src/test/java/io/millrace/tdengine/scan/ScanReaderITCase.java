package io.millrace.tdengine.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.millrace.common.Secret;
import io.millrace.devkit.proxy.FaultProxy;
import io.millrace.devkit.tdengine.TDengineUnderTest;
import io.millrace.tdengine.client.TDengineConnectionSettings;
import io.millrace.tdengine.sink.writer.RetryPolicy;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.connector.testutils.source.reader.TestingReaderContext;
import org.apache.flink.connector.testutils.source.reader.TestingReaderOutput;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.IntType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A reader that is stopped in the middle, loses its connection or its server. */
@Timeout(120)
@SuppressWarnings("try")
class ScanReaderITCase {
    private static final int SUB_TABLES = 40;
    private static final int TIMES = 500;
    private static final List<Integer> ALL =
            IntStream.range(0, SUB_TABLES * TIMES).boxed().toList();

    private static TDengineUnderTest server;
    private static String database;

    @BeforeAll
    static void fillTable() {
        server = TDengineUnderTest.start();
        database = server.freshDatabase("PRECISION 'us'");
        server.execute("CREATE STABLE " + database + ".m (ts TIMESTAMP, v INT) TAGS (gid INT)");
        StringBuilder sql = new StringBuilder("INSERT INTO ");
        for (int table = 0; table < SUB_TABLES; table++) {
            sql.append("%1$s.d%2$d USING %1$s.m TAGS (%2$d) VALUES ".formatted(database, table));
            for (int i = 0; i < TIMES; i++) {
                sql.append("(%d, %d)".formatted(1_700_000_000_000_000L + i, table * TIMES + i));
            }
        }
        server.execute(sql.toString());
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    private static ScanSettings settings(String url, Duration timeout) {
        return new ScanSettings(
                TDengineConnectionSettings.builder()
                        .url(url)
                        .username(server.username())
                        .password(Secret.of(server.password()))
                        .connectTimeout(Duration.ofSeconds(2))
                        .requestTimeout(Duration.ofSeconds(2))
                        .build(),
                database,
                "m",
                List.of(new ScanField("v", new IntType())),
                null,
                -1,
                SplitBy.TIME,
                null,
                10,
                1_000,
                new ReadRetries(
                        new RetryPolicy(
                                Duration.ofMillis(50), Duration.ofMillis(200), Duration.ZERO),
                        timeout,
                        Integer.MAX_VALUE,
                        "scan.retry.timeout"));
    }

    private static List<ScanSplit> splits(SplitBy by) {
        return switch (by) {
            case NONE -> List.of(ScanSplit.of(0, Long.MIN_VALUE, Long.MAX_VALUE, List.of()));
            case TIME ->
                    List.of(
                            ScanSplit.of(
                                    0, 1_700_000_000_000_000L, 1_700_000_000_000_200L, List.of()),
                            ScanSplit.of(1, 1_700_000_000_000_200L, Long.MAX_VALUE, List.of()));
            case SUB_TABLE ->
                    List.of(
                            ScanSplit.of(0, Long.MIN_VALUE, Long.MAX_VALUE, names(0, 15)),
                            ScanSplit.of(1, Long.MIN_VALUE, Long.MAX_VALUE, names(15, SUB_TABLES)));
        };
    }

    private static List<String> names(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "d" + i).toList();
    }

    /** A reader, and what it has emitted. */
    @SuppressWarnings("try")
    private static final class Reader implements AutoCloseable {
        private final ScanReader reader;
        private final TestingReaderOutput<RowData> output = new TestingReaderOutput<>();

        Reader(ScanSettings settings, List<ScanSplit> splits) {
            reader = new ScanReader(settings, new TestingReaderContext());
            reader.addSplits(splits);
            reader.notifyNoMoreSplits();
        }

        /** Reads until so many rows are there, or all; false at the end. */
        boolean read(int rows) throws Exception {
            ReaderOutput<RowData> to = output;
            while (output.getEmittedRecords().size() < rows) {
                InputStatus status = reader.pollNext(to);
                if (status == InputStatus.END_OF_INPUT) {
                    return false;
                }
                if (status == InputStatus.NOTHING_AVAILABLE) {
                    reader.isAvailable().get();
                }
            }
            return true;
        }

        List<Integer> values() {
            return output.getEmittedRecords().stream().map(row -> row.getInt(0)).toList();
        }

        @Override
        public void close() throws Exception {
            reader.close();
        }
    }

    @ParameterizedTest
    @EnumSource(SplitBy.class)
    void goesOnBehindTheLastRowOfTheCheckpoint(SplitBy by) throws Exception {
        ScanSettings settings = settings(server.url(), Duration.ofMinutes(1));
        List<Integer> values = new ArrayList<>();
        List<ScanSplit> splits = splits(by);
        ScanSplitSerializer serializer = new ScanSplitSerializer();
        for (int stop : new int[] {3_000, 7_000, Integer.MAX_VALUE}) {
            try (Reader reader = new Reader(settings, splits)) {
                boolean more = reader.read(stop - values.size());
                splits = new ArrayList<>();
                for (ScanSplit split : reader.reader.snapshotState(1)) {
                    splits.add(serializer.deserialize(1, serializer.serialize(split)));
                }
                values.addAll(reader.values());
                // What comes after the checkpoint is lost with this reader.
                if (more) {
                    reader.read(reader.values().size() + 500);
                }
            }
        }
        assertThat(values).containsExactlyInAnyOrderElementsOf(ALL);
    }

    @Test
    void goesOnWhenTheConnectionIsLost() throws Exception {
        assumeTrue(server.isEmbedded());
        URI address = URI.create(server.restUrl());
        try (FaultProxy proxy = FaultProxy.to(address.getHost(), address.getPort())) {
            ScanSettings settings =
                    settings("http://127.0.0.1:" + proxy.port(), Duration.ofMinutes(1));
            try (Reader reader = new Reader(settings, splits(SplitBy.NONE))) {
                reader.read(2_000);
                proxy.cut();
                reader.read(Integer.MAX_VALUE);
                assertThat(reader.values()).containsExactlyInAnyOrderElementsOf(ALL);
            }
        }
    }

    @Test
    void goesOnWhenTheServerWasAwayAtFirst() throws Exception {
        URI address = URI.create(server.restUrl());
        try (FaultProxy proxy = FaultProxy.to(address.getHost(), address.getPort())) {
            proxy.refuse();
            ScanSettings settings =
                    settings("http://127.0.0.1:" + proxy.port(), Duration.ofMinutes(1));
            try (Reader reader = new Reader(settings, splits(SplitBy.NONE))) {
                long before = proxy.accepted();
                await().atMost(Duration.ofSeconds(20))
                        .until(
                                () -> {
                                    reader.reader.pollNext(reader.output);
                                    return proxy.accepted() >= before;
                                });
                proxy.admit();
                reader.read(Integer.MAX_VALUE);
                assertThat(reader.values()).containsExactlyInAnyOrderElementsOf(ALL);
            }
        }
    }

    @Test
    void givesUpAfterTheTimeoutAndSaysSo() throws Exception {
        ScanSettings settings = settings("http://127.0.0.1:1", Duration.ofMillis(300));
        try (Reader reader = new Reader(settings, splits(SplitBy.NONE))) {
            assertThatThrownBy(() -> reader.read(1))
                    .hasStackTraceContaining("TDengine at http://127.0.0.1:1 cannot be read")
                    .hasStackTraceContaining("see option 'scan.retry.timeout'");
        }
    }

    @Test
    void closesAtOnceWhileTheServerDoesNotAnswer() throws Exception {
        assumeTrue(server.isEmbedded());
        server.server().faults().stallRequests(true);
        try {
            ScanSettings settings = settings(server.url(), Duration.ofMinutes(1));
            Reader reader = new Reader(settings, splits(SplitBy.NONE));
            await().atMost(Duration.ofSeconds(20))
                    .until(
                            () -> {
                                reader.reader.pollNext(reader.output);
                                return server.server().faults().stalled() > 0;
                            });
            long began = System.nanoTime();
            reader.close();
            assertThat(Duration.ofNanos(System.nanoTime() - began))
                    .isLessThan(Duration.ofSeconds(1));
        } finally {
            server.server().faults().stallRequests(false);
        }
    }
}
