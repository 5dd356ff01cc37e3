package io.millrace.tdengine.sink.writer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.tdengine.sink.row.ColumnSet;
import io.millrace.tdengine.sink.row.TestRows;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchSenderTest {
    private static final ColumnSet COLUMNS = TestRows.columns(1, "ts", "v:text");

    private final FakeServer server = new FakeServer();
    private final List<Duration> sleeps = new ArrayList<>();
    private final AtomicInteger retries = new AtomicInteger();
    private final RetryingSession session =
            new RetryingSession(
                    server::open,
                    new RetryPolicy(
                            Duration.ofMillis(200), Duration.ofSeconds(10), Duration.ofSeconds(10)),
                    sleeps::add,
                    "http://test",
                    retries::incrementAndGet);
    private final BatchSender sender = new BatchSender(session, 64);
    private final TableEntry table = new TableEntry("db", "t", null, false);
    private final TableEntry subTable =
            new TableEntry("db", "d1", TestRows.tags("`db`.`st`", "t", 1), false);

    private RowBatch batch(TableEntry entry, int rows) {
        RowBatch batch = new RowBatch(server.statements().size() + 1L, false, 64);
        for (int i = 0; i < rows; i++) {
            add(batch, entry, 1000 + i, "v" + i);
        }
        return batch;
    }

    private static void add(RowBatch batch, TableEntry entry, long time, String value) {
        int start = batch.values().length();
        TestRows.append(batch.values(), time);
        int keyEnd = batch.values().length();
        TestRows.append(batch.values(), value);
        batch.add(entry, COLUMNS, time, start, keyEnd);
    }

    @Test
    void writesABatchInOneStatement() throws Exception {
        SendOutcome outcome = sender.send(batch(table, 3));

        assertThat(server.statements())
                .containsExactly(
                        "INSERT INTO `db`.`t` (`ts`,`v`) VALUES"
                                + " (1000,'v0')(1001,'v1')(1002,'v2')");
        assertThat(outcome.written()).isEqualTo(3);
        assertThat(outcome.refused()).isEmpty();
    }

    @Test
    void repeatsOnANewConnectionForAsLongAsItTakes() throws Exception {
        AtomicInteger failures = new AtomicInteger(50);
        server.answer(
                sql -> {
                    if (failures.getAndDecrement() > 0) {
                        throw FakeServer.error(0x231e, "timed out");
                    }
                    return FakeServer.rows(sql);
                });

        SendOutcome outcome = sender.send(batch(table, 3));

        assertThat(outcome.written()).isEqualTo(3);
        assertThat(server.opened()).isEqualTo(51);
        assertThat(server.closed()).isEqualTo(50);
        assertThat(retries).hasValue(50);
        assertThat(sleeps.get(0)).isBetween(Duration.ofMillis(100), Duration.ofMillis(200));
        assertThat(sleeps.get(3)).isBetween(Duration.ofMillis(800), Duration.ofMillis(1600));
        assertThat(sleeps.get(49)).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(10));
    }

    @Test
    void isolatesBadRowsByHalving() throws Exception {
        server.answer(
                sql -> {
                    if (sql.contains("'v100'") || sql.contains("'v777'")) {
                        throw FakeServer.error(0x2653, "Value too long for column/tag: v");
                    }
                    return FakeServer.rows(sql);
                });

        SendOutcome outcome = sender.send(batch(table, 1024));

        assertThat(outcome.written()).isEqualTo(1022);
        assertThat(outcome.refused())
                .extracting(row -> row.values().get("v"))
                .containsExactly("v100", "v777");
        assertThat(outcome.refused().get(0).error().hexCode()).isEqualTo("0x2653");
        assertThat(server.statements()).hasSizeLessThan(2 * 2 * 11);
        assertThat(retries).hasValue(0);
    }

    @Test
    void createsASubTableOnceAndAgainWhenItIsGone() throws Exception {
        sender.send(batch(subTable, 1));
        sender.send(batch(subTable, 1));
        server.answer(
                sql -> {
                    if (!sql.contains("USING")) {
                        throw FakeServer.error(0x2603, "Table does not exist");
                    }
                    return FakeServer.rows(sql);
                });
        SendOutcome outcome = sender.send(batch(subTable, 1));

        assertThat(outcome.written()).isEqualTo(1);
        assertThat(server.statements())
                .extracting(sql -> sql.contains("USING"))
                .containsExactly(true, false, false, true);
        assertThat(sleeps).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0x2603, 0x388, 0x2602})
    void waitsForWhatWasDroppedToComeBack(int code) throws Exception {
        AtomicInteger failures = new AtomicInteger(5);
        server.answer(
                sql -> {
                    if (failures.getAndDecrement() > 0) {
                        throw FakeServer.error(code, "gone");
                    }
                    return FakeServer.rows(sql);
                });

        SendOutcome outcome = sender.send(batch(subTable, 2));

        assertThat(outcome.written()).isEqualTo(2);
        assertThat(sleeps).hasSize(5);
        assertThat(sleeps.get(4)).isGreaterThan(Duration.ofSeconds(1));
    }

    @Test
    void refusesRowsThatNamedATableWhichIsNotThere() throws Exception {
        TableEntry gone = new TableEntry("db", "gone", null, true);
        RowBatch batch = batch(new TableEntry("db", "there", null, true), 2);
        add(batch, gone, 5, "x");
        server.answer(
                sql -> {
                    if (sql.contains("gone")) {
                        throw FakeServer.error(0x2603, "Table does not exist");
                    }
                    return FakeServer.rows(sql);
                });

        SendOutcome outcome = sender.send(batch);

        assertThat(outcome.written()).isEqualTo(2);
        assertThat(outcome.refused()).hasSize(1);
        assertThat(outcome.refused().get(0).table()).isEqualTo("gone");
    }

    @Test
    void repeatsWhatTheServerConfirmsOnlyInPart() throws Exception {
        AtomicInteger answers = new AtomicInteger();
        server.answer(sql -> answers.getAndIncrement() == 0 ? 0 : FakeServer.rows(sql));

        assertThat(sender.send(batch(table, 3)).written()).isEqualTo(3);
        assertThat(server.opened()).isEqualTo(2);
    }

    @Test
    void failsIfTheServerKeepsConfirmingFewer() {
        server.answer(sql -> FakeServer.rows(sql) - 1);

        assertThatThrownBy(() -> sender.send(batch(table, 3)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("confirmed 2 rows of 3");
    }

    @Test
    void failsWhereRepeatingIsOfNoUse() {
        server.refuseConnections(
                new java.sql.SQLException("(0x357):auth failure:Authentication failure"));

        assertThatThrownBy(() -> sender.send(batch(table, 3)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("http://test")
                .hasMessageContaining("Authentication failure")
                .hasMessageContaining("user, password or token");
    }

    @Test
    void splitsAStatementThatWouldBeTooLong() throws Exception {
        RowBatch batch = new RowBatch(1, false, 64);
        for (int i = 0; i < 20; i++) {
            add(batch, table, 100 + i, "x".repeat(60_000));
        }

        assertThat(sender.send(batch).written()).isEqualTo(20);
        assertThat(server.statements()).hasSize(2);
    }

    @Test
    void endsAWaitWhenInterrupted() {
        server.answer(
                sql -> {
                    Thread.currentThread().interrupt();
                    throw FakeServer.error(0x231e, "interrupted");
                });

        assertThatThrownBy(() -> sender.send(batch(table, 1)))
                .isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
    }
}
