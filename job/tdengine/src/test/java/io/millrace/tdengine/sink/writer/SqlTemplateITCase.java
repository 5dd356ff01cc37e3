package io.millrace.tdengine.sink.writer;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.devkit.tdengine.TDengineUnderTest;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.RowType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What templates store, at any server. */
class SqlTemplateITCase {
    private static final long T0 = 1_767_225_600_000L;
    private static final RowType ROW =
            (RowType)
                    DataTypes.ROW(
                                    DataTypes.FIELD("ts", DataTypes.BIGINT()),
                                    DataTypes.FIELD("v", DataTypes.INT()),
                                    DataTypes.FIELD("id", DataTypes.STRING()),
                                    DataTypes.FIELD("payload", DataTypes.STRING()),
                                    DataTypes.FIELD(
                                            "m",
                                            DataTypes.MAP(DataTypes.STRING(), DataTypes.INT())))
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
        server.execute(
                "CREATE TABLE " + database + ".a (ts TIMESTAMP, v DOUBLE, s NCHAR(200))",
                "CREATE TABLE " + database + ".b (ts TIMESTAMP, v DOUBLE, s NCHAR(200))",
                "CREATE TABLE " + database + ".times (ts TIMESTAMP, t TIMESTAMP)",
                "CREATE STABLE " + database + ".st (ts TIMESTAMP, v INT) TAGS (id NCHAR(99))");
    }

    private static GenericRowData row(int v, String id, String payload) {
        return GenericRowData.of(
                T0,
                v,
                StringData.fromString(id),
                StringData.fromString(payload),
                new GenericMapData(Map.of(StringData.fromString("k"), 7)));
    }

    private WriterUnderTest write(String sql, GenericRowData... rows) throws Exception {
        try (WriterUnderTest writer =
                new WriterUnderTest(
                        server, database, ROW, b -> b.sql(sql).undefinedVarsAsNull(true))) {
            for (GenericRowData row : rows) {
                writer.write(row);
            }
            writer.flush();
            return writer;
        }
    }

    private List<List<Object>> rows(String columns, String table) {
        return server.rows(
                "SELECT " + columns + " FROM " + database + "." + table + " ORDER BY ts");
    }

    @Test
    void writesSeveralRowsIntoSeveralTables() throws Exception {
        WriterUnderTest writer =
                write(
                        "INSERT INTO a (ts, v) VALUES (${ts}, ${v}) (${ts} + 1s, 2) b (ts, v)"
                                + " VALUES (${ts} - 1d, 3) d_${id} USING st TAGS ('${id}') VALUES"
                                + " (${ts}, ${v}) (${ts} + 1a, ${v})",
                        row(1, "x", "{}"));

        assertThat(writer.letters).isEmpty();
        assertThat(writer.metric("numRecordsSend")).isEqualTo(5);
        assertThat(rows("v, CAST(ts AS BIGINT)", "a"))
                .usingRecursiveComparison()
                .withEqualsForType((x, y) -> x.doubleValue() == y.doubleValue(), Number.class)
                .isEqualTo(List.of(List.of(1.0, T0), List.of(2.0, T0 + 1_000)));
        assertThat(rows("CAST(ts AS BIGINT)", "b")).containsExactly(List.of(T0 - 86_400_000));
        assertThat(rows("v, id", "st")).containsExactly(List.of(1, "x"), List.of(1, "x"));
    }

    @Test
    void evaluatesTheClockWhenARowIsTaken() throws Exception {
        Instant before = Instant.now().minusSeconds(1);
        WriterUnderTest writer =
                write("INSERT INTO times VALUES (NOW, NOW() + 1h)", row(1, "x", "{}"));

        assertThat(writer.letters).isEmpty();
        List<Object> times = rows("ts, t", "times").get(0);
        Instant ts = OffsetDateTime.parse(times.get(0).toString()).toInstant();
        Instant t = OffsetDateTime.parse(times.get(1).toString()).toInstant();
        assertThat(ts).isBetween(before, Instant.now());
        assertThat(Duration.between(ts, t))
                .isBetween(Duration.ofHours(1), Duration.ofSeconds(3601));

        write("INSERT INTO times VALUES (TODAY(), ${ts})", row(1, "x", "{}"));
        assertThat(OffsetDateTime.parse(rows("ts", "times").get(0).get(0).toString()).toInstant())
                .isEqualTo(
                        Instant.now()
                                .atOffset(ZoneOffset.UTC)
                                .toLocalDate()
                                .atStartOfDay()
                                .toInstant(ZoneOffset.UTC));
    }

    @Test
    void looksIntoJsonTextAndMaps() throws Exception {
        WriterUnderTest writer =
                write(
                        "INSERT INTO a VALUES (${ts}, ${payload.a.b}, '${payload.s}')"
                                + " (${ts} + 1s, ${m.k}, '${payload.a}')"
                                + " (${ts} + 2s, ${payload.nope}, '${m.nope}')",
                        row(1, "x", "{\"a\":{\"b\":2.5},\"s\":\"it's\"}"));

        assertThat(writer.letters).isEmpty();
        assertThat(rows("v", "a"))
                .extracting(r -> r.get(0) == null ? null : r.get(0).toString())
                .satisfies(
                        v -> {
                            assertThat(v.get(0)).isEqualTo("2.5");
                            assertThat(Double.parseDouble(v.get(1))).isEqualTo(7);
                            assertThat(v.get(2)).isNull();
                        });
        assertThat(rows("s", "a"))
                .extracting(r -> r.get(0))
                .containsExactly("it's", "{\"b\":2.5}", null);
    }

    @Test
    void writesTheWholeRowAsJson() throws Exception {
        write("INSERT INTO a (ts, s) VALUES (${ts}, '${.}')", row(1, "it's", "p"));

        assertThat(rows("s", "a"))
                .containsExactly(
                        List.of(
                                "{\"ts\":1767225600000,\"v\":1,\"id\":\"it's\",\"payload\":\"p\","
                                        + "\"m\":{\"k\":7}}"));
    }

    @Test
    void storesWhatLooksLikeSqlAsItIs() throws Exception {
        String evil = "a'); DROP DATABASE " + "x; --\\";
        WriterUnderTest writer =
                write(
                        "INSERT INTO `d_${id}` USING st TAGS ('${id}') VALUES (${ts}, ${v}) a"
                                + " (ts, s) VALUES (${ts}, \"${id}\")",
                        row(1, evil, "{}"));

        assertThat(writer.letters).isEmpty();
        assertThat(rows("id", "st")).containsExactly(List.of(evil));
        assertThat(rows("s", "a")).containsExactly(List.of(evil));
    }

    @Test
    void deadLettersOnlyTheRowThatDoesNotFit() throws Exception {
        WriterUnderTest writer =
                write(
                        "INSERT INTO a (ts, s) VALUES (${ts}, '${payload}') b (ts, v) VALUES"
                                + " (${ts}, ${v})",
                        row(1, "x", "y".repeat(201)));

        assertThat(writer.letters).hasSize(1);
        assertThat(rows("ts", "a")).isEmpty();
        assertThat(rows("ts", "b")).hasSize(1);
    }
}
