package io.millrace.tdengine.sink.writer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.tdengine.client.TDengineType;
import io.millrace.tdengine.client.TargetColumn;
import io.millrace.tdengine.client.TargetTable;
import io.millrace.tdengine.client.TimePrecision;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowDeletesTest {
    private final FakeServer server = new FakeServer();
    private final RetryingSession session =
            new RetryingSession(
                    server::open,
                    new RetryPolicy(Duration.ofMillis(1), Duration.ofMillis(1), Duration.ZERO),
                    time -> {},
                    "http://test",
                    () -> {});
    private final RowDeletes deletes = new RowDeletes();

    private static TargetTable table(String time) {
        return new TargetTable(
                "db",
                "st",
                TargetTable.Kind.SUPER_TABLE,
                TimePrecision.MILLISECOND,
                0,
                List.of(
                        new TargetColumn(
                                time, TDengineType.TIMESTAMP, 8, 0, TargetColumn.Role.TIME)));
    }

    @Test
    void deletesEachKeyOnceInOrder() throws Exception {
        deletes.add(table("ts"), "d1", 5);
        deletes.add(table("at"), "d2", 7);
        deletes.add(table("ts"), "d1", 5);

        deletes.execute(session);

        assertThat(server.statements())
                .containsExactly(
                        "DELETE FROM `db`.`d1` WHERE `ts` = 5",
                        "DELETE FROM `db`.`d2` WHERE `at` = 7");
        assertThat(deletes.isEmpty()).isTrue();
    }

    @Test
    void knowsWhichRowsMustWait() {
        deletes.add(table("ts"), "d1", 5);

        assertThat(deletes.contains("d1", 5)).isTrue();
        assertThat(deletes.contains("d1", 6)).isFalse();
        assertThat(deletes.contains("d2", 5)).isFalse();
    }

    @Test
    void hasNothingToDeleteWhereThereIsNoTable() throws Exception {
        deletes.add(table("ts"), "gone", 5);
        server.answer(
                sql -> {
                    throw FakeServer.error(0x2603, "Fail to get table info");
                });

        deletes.execute(session);

        assertThat(deletes.isEmpty()).isTrue();
    }

    @Test
    void failsIfTheServerRefuses() {
        deletes.add(table("ts"), "d1", 5);
        server.answer(
                sql -> {
                    throw FakeServer.error(0x2655, "must only have a definite time window range");
                });

        assertThatThrownBy(() -> deletes.execute(session))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("DELETE FROM `db`.`d1`");
    }

    @Test
    void refusesTablesWithASecondKeyColumn() {
        TargetTable table =
                new TargetTable(
                        "db",
                        "t",
                        TargetTable.Kind.TABLE,
                        TimePrecision.MILLISECOND,
                        0,
                        List.of(
                                new TargetColumn(
                                        "ts", TDengineType.TIMESTAMP, 8, 0, TargetColumn.Role.TIME),
                                new TargetColumn(
                                        "k", TDengineType.INT, 4, 0, TargetColumn.Role.KEY)));

        assertThatThrownBy(() -> RowDeletes.check(table)).hasMessageContaining("'k'");
    }
}
