package io.millrace.tdengine.sink.writer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.common.Secret;
import io.millrace.common.deadletter.DeadLetter;
import io.millrace.common.deadletter.DeadLetterWriter;
import io.millrace.tdengine.client.TimePrecision;
import io.millrace.tdengine.sink.TDengineSink;
import io.millrace.tdengine.sink.TDengineSinkBuilder;
import io.millrace.tdengine.sink.row.Tables;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.types.RowKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TDengineSinkWriterTest {
    private static final long T0 = 1_767_225_600_000L;
    private static final RowType ROW =
            (RowType)
                    DataTypes.ROW(
                                    DataTypes.FIELD("ts", DataTypes.BIGINT()),
                                    DataTypes.FIELD("v", DataTypes.STRING()),
                                    DataTypes.FIELD("dev", DataTypes.STRING()))
                            .getLogicalType();

    private final FakeServer server = new FakeServer();
    private final TestMailbox mailbox = new TestMailbox();
    private final TestTimers timers = new TestTimers();
    private final TestMetrics metrics = new TestMetrics();
    private final TestClock clock = new TestClock();
    private final List<DeadLetter> letters = new ArrayList<>();
    private final List<DeadLetter> durable = new ArrayList<>();
    private TDengineSinkWriter writer;

    private static final class TestClock extends Clock {
        private Instant now = Instant.ofEpochMilli(T0);

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    private final class Letters implements DeadLetterWriter {
        @Override
        public void write(DeadLetter letter) {
            letters.add(letter);
        }

        @Override
        public void flush() {
            durable.addAll(letters);
            letters.clear();
        }

        @Override
        public void close() {}
    }

    @BeforeEach
    void describeTables() {
        server.table(table("NCHAR(4)"));
    }

    private static io.millrace.tdengine.client.TargetTable table(String type) {
        return Tables.of(
                "st", TimePrecision.MILLISECOND, "ts TIMESTAMP", "v " + type, "dev NCHAR(9) TAG");
    }

    @AfterEach
    void close() throws Exception {
        server.release();
        if (writer != null) {
            writer.close();
        }
    }

    private static TDengineSinkBuilder builder() {
        TDengineSinkBuilder builder = TDengineSink.builder();
        builder.connection().url("http://test").username("root").password(Secret.of("x"));
        return builder.database("db")
                .superTable("st")
                .subTable("d_${dev}")
                .rowType(ROW)
                .missingTimeout(java.time.Duration.ZERO);
    }

    private void open(TDengineSinkBuilder builder) {
        writer =
                new TDengineSinkWriter(
                        builder.settings(),
                        server::open,
                        mailbox,
                        timers,
                        metrics,
                        new Letters(),
                        clock,
                        time -> Thread.sleep(1),
                        "test");
        writer.begin();
    }

    private static RowData row(long time, String value, String device) {
        return GenericRowData.of(
                T0 + time, StringData.fromString(value), StringData.fromString(device));
    }

    private void write(long time, String value, String device) throws Exception {
        writer.write(row(time, value, device), null);
    }

    @Test
    void writesEverythingBeforeTheBarrierPasses() throws Exception {
        open(builder());
        write(0, "a", "1");
        write(0, "b", "2");
        assertThat(server.statements()).isEmpty();

        writer.flush(false);

        assertThat(server.accepted())
                .containsExactly(
                        "INSERT INTO `db`.`d_1` USING `db`.`st` (`dev`) TAGS ('1') (`ts`,`v`)"
                                + " VALUES (1767225600000,'a') `db`.`d_2` USING `db`.`st` (`dev`)"
                                + " TAGS ('2') (`ts`,`v`) VALUES (1767225600000,'b')");
        assertThat(metrics.value("numRecordsSend")).isEqualTo(2);
        assertThat(metrics.value("tdengine.batches")).isEqualTo(1);
        assertThat(metrics.value("tdengine.lastBatchRows")).isEqualTo(2);
        assertThat(metrics.value("tdengine.bufferedRows")).isZero();
    }

    @Test
    void needsNothingOfARowThatFlinkReuses() throws Exception {
        open(builder());
        GenericRowData reused = new GenericRowData(3);
        for (int i = 0; i < 3; i++) {
            reused.setField(0, T0 + i);
            reused.setField(1, StringData.fromString("v" + i));
            reused.setField(2, StringData.fromString("d"));
            writer.write(reused, null);
        }

        writer.flush(true);

        assertThat(server.accepted().get(0))
                .endsWith("VALUES (1767225600000,'v0')(1767225600001,'v1')(1767225600002,'v2')");
    }

    @Test
    void sendsABatchThatIsFullAndOneThatIsDue() throws Exception {
        open(builder().maxRows(2).interval(Duration.ofMillis(200)));
        write(0, "a", "1");
        write(1, "b", "1");
        await().until(() -> server.accepted().size() == 1);
        mailbox.yield();

        write(2, "c", "1");
        timers.advance(199);
        assertThat(server.statements()).hasSize(1);
        timers.advance(201);

        await().until(() -> server.accepted().size() == 2);
        mailbox.yield();
        assertThat(metrics.value("tdengine.bufferedRows")).isZero();
    }

    @Test
    void createsASubTableWithItsFirstRowOnly() throws Exception {
        open(builder());
        write(0, "a", "1");
        writer.flush(false);
        write(1, "b", "1");
        writer.flush(false);

        assertThat(server.accepted().get(1))
                .isEqualTo("INSERT INTO `db`.`d_1` (`ts`,`v`) VALUES (1767225600001,'b')");
    }

    @Test
    void holdsTheTaskBackWhenTwoBatchesAreFull() throws Exception {
        open(builder().maxRows(10).maxBytes(2_000));
        write(-1, "x", "1");
        server.hold();
        AtomicBoolean ended = new AtomicBoolean();
        CountDownLatch started = new CountDownLatch(1);
        Thread task =
                new Thread(
                        () -> {
                            started.countDown();
                            try {
                                for (int i = 0; i < 1_000; i++) {
                                    write(i, "x", "1");
                                }
                                ended.set(true);
                            } catch (Exception e) {
                                throw new AssertionError(e);
                            }
                        });
        task.start();
        started.await();
        await().until(
                        () ->
                                task.getState() == Thread.State.TIMED_WAITING
                                        || task.getState() == Thread.State.WAITING);

        assertThat(server.statements()).hasSize(1);
        assertThat(metrics.value("tdengine.bufferedRows")).isBetween(100L, 300L);
        assertThat(ended).isFalse();

        server.release();
        task.join(10_000);
        assertThat(ended).isTrue();
        writer.flush(true);
        assertThat(metrics.value("numRecordsSend")).isEqualTo(1_001);
        assertThat(server.accepted()).allSatisfy(sql -> assertThat(sql.length()).isLessThan(6_000));
    }

    @Test
    void endsAtOnceWhenTheTaskIsCancelled() throws Exception {
        open(builder());
        write(0, "a", "1");
        server.hold();
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> writer.flush(false)).isInstanceOf(InterruptedException.class);
        long began = System.nanoTime();
        writer.close();
        writer = null;

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(1));
        await().until(() -> server.closed() == server.opened());
    }

    @Test
    void putsRowsThatCannotFitAmongTheDeadLetters() throws Exception {
        open(builder().rule("INSERT INTO x"));
        write(0, "good", "1");
        write(1, "far too long", "1");
        writer.write(GenericRowData.of(T0, null, null), null);
        writer.flush(false);

        assertThat(server.accepted()).hasSize(1);
        assertThat(durable).hasSize(2);
        DeadLetter letter = durable.get(0);
        assertThat(letter.origin()).isEqualTo("tdengine");
        assertThat(letter.reason())
                .isEqualTo("Column 'v': 'far too long' has 12 characters; NCHAR(4) holds 4");
        assertThat(letter.details())
                .containsEntry("database", "db")
                .containsEntry("super_table", "st")
                .containsEntry("table", "d_1")
                .containsEntry("rule", "INSERT INTO x")
                .containsEntry("row", Map.of("ts", T0 + 1, "v", "far too long", "dev", "1"))
                .doesNotContainKey("code");
        assertThat(durable.get(1).reason()).contains("name of the row's table is NULL");
        assertThat(metrics.value("tdengine.deadLetters")).isEqualTo(2);
        assertThat(metrics.value("numRecordsSendErrors")).isEqualTo(2);
    }

    @Test
    void putsRowsThatTheServerRefusesAmongTheDeadLetters() throws Exception {
        open(builder());
        server.answer(
                sql -> {
                    if (sql.contains("bad")) {
                        throw FakeServer.error(0x216, "syntax error near 'bad'");
                    }
                    return FakeServer.rows(sql);
                });
        for (int i = 0; i < 64; i++) {
            write(i, i == 20 ? "bad" : "ok", "" + i % 3);
        }
        writer.flush(false);

        assertThat(metrics.value("numRecordsSend")).isEqualTo(63);
        assertThat(durable).hasSize(1);
        assertThat(durable.get(0).reason()).isEqualTo("syntax error near 'bad'");
        assertThat(durable.get(0).details())
                .containsEntry("code", "0x0216")
                .containsEntry("table", "d_2")
                .containsEntry("row", Map.of("ts", T0 + 20, "v", "bad", "dev", "2"));
    }

    @Test
    void asksAgainBeforeItGivesARowUpForALimit() throws Exception {
        open(builder());
        write(0, "1234", "1");
        clock.now = clock.now.plus(Duration.ofMinutes(5));
        server.table(table("NCHAR(8)"));

        write(1, "12345678", "1");
        write(2, "123456789", "1");
        writer.flush(false);

        assertThat(metrics.value("numRecordsSend")).isEqualTo(2);
        assertThat(durable).hasSize(1);
        assertThat(durable.get(0).reason()).contains("NCHAR(8) holds 8");
        assertThat(server.described()).isEqualTo(2);
    }

    @Test
    void countsRowsThatGaveWayToALaterOne() throws Exception {
        open(builder());
        write(0, "a", "1");
        write(0, "b", "1");
        write(0, "c", "2");
        writer.flush(false);

        assertThat(metrics.value("tdengine.timestampCollisions")).isEqualTo(1);
        assertThat(metrics.value("numRecordsSend")).isEqualTo(2);
        assertThat(server.accepted().get(0)).contains("'b'").doesNotContain("'a'");
    }

    @Test
    void writesNewAndUpdatedRowsAndIgnoresOthers() throws Exception {
        open(builder());
        for (RowKind kind : RowKind.values()) {
            RowData row = row(kind.ordinal(), kind.shortString(), "1");
            row.setRowKind(kind);
            writer.write(row, null);
        }
        writer.flush(false);

        assertThat(server.accepted().get(0))
                .endsWith("VALUES (1767225600000,'+I')(1767225600002,'+U')");
    }

    @Test
    void failsTheTaskIfTheTableIsMissingWhenItStarts() {
        open(builder().superTable("stt"));

        assertThatThrownBy(() -> write(0, "a", "1"))
                .hasStackTraceContaining("Table 'db.stt' does not exist at http://test")
                .hasStackTraceContaining("Did you mean 'st'?");
        assertThatThrownBy(() -> write(0, "a", "1")).hasStackTraceContaining("does not exist");
    }

    @Test
    void waitsForAServerThatIsNotThereYet() throws Exception {
        server.refuseConnections(FakeServer.error(0x231d, "can't create connection"));
        open(builder());
        writer.flush(false);
        await().until(() -> metrics.value("tdengine.retries") > 3);
        server.refuseConnections(null);

        write(0, "a", "1");
        writer.flush(false);

        assertThat(metrics.value("numRecordsSend")).isEqualTo(1);
    }

    @Test
    void failsTheTaskIfTheServerRefusesTheUser() throws Exception {
        open(builder());
        write(0, "a", "1");
        server.answer(
                sql -> {
                    throw FakeServer.error(0x2644, "Permission denied");
                });

        assertThatThrownBy(() -> writer.flush(false)).hasStackTraceContaining("Permission denied");
        assertThatThrownBy(() -> writer.flush(false)).hasStackTraceContaining("Permission denied");
    }
}
