package io.millrace.tdengine.sink.writer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.devkit.tdengine.TDengineUnderTest;
import io.millrace.tdengine.sink.DeleteHandling;
import io.millrace.tdengine.sink.TDengineSinkBuilder;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.types.RowKind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Changes of all kinds, at any server. */
class ChangelogITCase {
    private static final long T0 = 1_767_225_600_000L;
    private static final RowType ROW =
            (RowType)
                    DataTypes.ROW(
                                    DataTypes.FIELD("ts", DataTypes.BIGINT()),
                                    DataTypes.FIELD("v", DataTypes.INT()),
                                    DataTypes.FIELD("dev", DataTypes.INT()))
                            .getLogicalType();
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
    void makeTables() {
        database = server.freshDatabase("");
        server.execute("CREATE STABLE " + database + ".st (ts TIMESTAMP, v INT) TAGS (dev INT)");
    }

    private WriterUnderTest writer(
            DeleteHandling handling, UnaryOperator<TDengineSinkBuilder> options) {
        return new WriterUnderTest(
                server,
                database,
                ROW,
                b ->
                        options.apply(
                                b.superTable("st").subTable("d_${dev}").deleteHandling(handling)));
    }

    private static RowData change(RowKind kind, long tick, int v, int device) {
        return GenericRowData.ofKind(kind, T0 + tick, v, device);
    }

    private List<List<Object>> rows() {
        return server.rows(
                "SELECT CAST(ts AS BIGINT) - " + T0 + ", v, dev FROM " + database + ".st");
    }

    @Test
    void keepsTheOrderOfAddingAndDeleting() throws Exception {
        TreeMap<List<Integer>, Integer> expected =
                new TreeMap<>((a, b) -> a.toString().compareTo(b.toString()));
        Random random = new Random(7);
        try (WriterUnderTest writer = writer(DeleteHandling.DELETE, b -> b.maxRows(20))) {
            for (int i = 0; i < 500; i++) {
                int tick = random.nextInt(10);
                int device = random.nextInt(3);
                if (random.nextInt(3) == 0) {
                    writer.write(change(RowKind.DELETE, tick, 0, device));
                    expected.remove(List.of(tick, device));
                } else {
                    writer.write(change(RowKind.UPDATE_BEFORE, tick, -1, device));
                    writer.write(change(RowKind.UPDATE_AFTER, tick, i, device));
                    expected.put(List.of(tick, device), i);
                }
            }
            writer.flush();
            assertThat(writer.letters).isEmpty();
        }
        TreeMap<List<Integer>, Integer> found =
                new TreeMap<>((a, b) -> a.toString().compareTo(b.toString()));
        for (List<Object> row : rows()) {
            found.put(
                    List.of(((Number) row.get(0)).intValue(), ((Number) row.get(2)).intValue()),
                    ((Number) row.get(1)).intValue());
        }
        assertThat(found).isEqualTo(expected);
    }

    @Test
    void deletesNothingOfATableThatWasNeverThere() throws Exception {
        try (WriterUnderTest writer = writer(DeleteHandling.DELETE, b -> b)) {
            writer.write(change(RowKind.DELETE, 1, 0, 99));
            writer.flush();
        }
        assertThat(rows()).isEmpty();
    }

    @Test
    void ignoresDeletionsUnlessToldOtherwise() throws Exception {
        try (WriterUnderTest writer = writer(DeleteHandling.IGNORE, b -> b)) {
            writer.write(change(RowKind.INSERT, 1, 1, 1));
            writer.write(change(RowKind.DELETE, 1, 1, 1));
            writer.flush();
        }
        assertThat(rows()).hasSize(1);
    }

    @Test
    void failsOnADeletionIfToldTo() throws Exception {
        try (WriterUnderTest writer = writer(DeleteHandling.FAIL, b -> b)) {
            assertThatThrownBy(() -> writer.write(change(RowKind.DELETE, 1, 1, 1)))
                    .hasMessageContaining("'sink.delete-handling' is 'fail'");
        }
    }

    @Test
    void refusesToDeleteFromATableWithASecondKeyColumn() throws Exception {
        server.execute(
                "CREATE TABLE " + database + ".k (ts TIMESTAMP, v INT PRIMARY KEY, dev INT)");
        try (WriterUnderTest writer =
                new WriterUnderTest(
                        server,
                        database,
                        ROW,
                        b -> b.table("k").deleteHandling(DeleteHandling.DELETE))) {
            assertThatThrownBy(() -> writer.write(change(RowKind.INSERT, 1, 1, 1)))
                    .hasStackTraceContaining("second key column 'v'");
        }
    }

    @Test
    void refusesAKeyThatTDengineDoesNotHave() throws Exception {
        try (WriterUnderTest writer =
                writer(DeleteHandling.IGNORE, b -> b.primaryKey(List.of("dev")))) {
            assertThatThrownBy(() -> writer.write(change(RowKind.INSERT, 1, 1, 1)))
                    .hasStackTraceContaining("Declare PRIMARY KEY (dev, ts) NOT ENFORCED");
        }
    }
}
