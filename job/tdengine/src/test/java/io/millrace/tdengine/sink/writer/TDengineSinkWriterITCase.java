package io.millrace.tdengine.sink.writer;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.devkit.tdengine.TDengineUnderTest;
import io.millrace.tdengine.client.TimePrecision;
import io.millrace.tdengine.sink.row.EncodingRules.NullHandling;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.RowType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a server has after a writer wrote. */
class TDengineSinkWriterITCase {
    private static final long T0 = 1_767_225_600_000L;
    private static TDengineUnderTest server;

    @BeforeAll
    static void startServer() {
        server = TDengineUnderTest.start();
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    private static RowType type(Object... namesAndTypes) {
        DataTypes.Field[] fields = new DataTypes.Field[namesAndTypes.length / 2];
        for (int i = 0; i < fields.length; i++) {
            fields[i] =
                    DataTypes.FIELD(
                            (String) namesAndTypes[2 * i], (DataType) namesAndTypes[2 * i + 1]);
        }
        return (RowType) DataTypes.ROW(fields).getLogicalType();
    }

    private static StringData text(String text) {
        return StringData.fromString(text);
    }

    @Test
    void writesEveryRowButTheBadOnes() throws Exception {
        String database = server.freshDatabase("");
        server.execute(
                "CREATE STABLE " + database + ".st (ts TIMESTAMP, v NCHAR(8)) TAGS (dev INT)");
        RowType type =
                type(
                        "ts", DataTypes.BIGINT(),
                        "v", DataTypes.STRING(),
                        "dev", DataTypes.INT());

        try (WriterUnderTest writer =
                new WriterUnderTest(server, database, type, b -> b.superTable("st"))) {
            for (int i = 0; i < 10_000; i++) {
                boolean tooLong = i % 200 == 77;
                // Beyond every range that a server keeps; only the server knows its range.
                boolean tooLate = i % 200 == 150;
                writer.write(
                        GenericRowData.of(
                                tooLate ? 9_000_000_000_000_000L + i : T0 + i,
                                text(tooLong ? "far too long" : "v" + i),
                                i % 50));
            }
            writer.flush();

            assertThat(writer.metric("numRecordsSend")).isEqualTo(9_900);
            assertThat(writer.letters)
                    .hasSize(100)
                    .filteredOn(letter -> letter.details().containsKey("code"))
                    .hasSize(50)
                    .allSatisfy(l -> assertThat(l.details()).containsEntry("code", "0x060b"));
        }
        assertThat(server.rows("SELECT COUNT(*) FROM " + database + ".st").get(0).get(0))
                .isEqualTo(9_900);
    }

    @Test
    void storesHatefulTextsAsTheyAre() throws Exception {
        List<String> texts =
                List.of(
                        "a'); DROP DATABASE x; --",
                        "\\",
                        "\\'",
                        "'",
                        "''",
                        "\\\\'); --",
                        "a\\b\\n\\0\\x41\\%\\_",
                        "line\nfeed\ttab\rreturn",
                        "\"double\" `tick` ; ? % _ {} ${x}",
                        "",
                        " ",
                        "中文 ünï 😀",
                        "NULL",
                        "'x41'");
        String database = server.freshDatabase("");
        server.execute(
                "CREATE STABLE "
                        + database
                        + ".st (ts TIMESTAMP, n NCHAR(60), v VARCHAR(200)) TAGS (t NCHAR(60))");
        RowType type =
                type(
                        "ts", DataTypes.BIGINT(),
                        "n", DataTypes.STRING(),
                        "v", DataTypes.STRING(),
                        "t", DataTypes.STRING());

        try (WriterUnderTest writer =
                new WriterUnderTest(
                        server, database, type, b -> b.superTable("st").subTable("d_${t}"))) {
            for (int i = 0; i < texts.size(); i++) {
                StringData value = text(texts.get(i));
                writer.write(GenericRowData.of(T0 + i, value, value, value));
            }
            writer.flush();
            assertThat(writer.letters).isEmpty();
        }

        List<List<Object>> rows =
                server.rows("SELECT n, v, t FROM " + database + ".st ORDER BY ts");
        assertThat(rows)
                .isEqualTo(texts.stream().map(text -> List.<Object>of(text, text, text)).toList());
    }

    @ParameterizedTest
    @EnumSource(TimePrecision.class)
    void writesTimesInTheDatabasesUnit(TimePrecision precision) throws Exception {
        String database = server.freshDatabase("PRECISION '" + precision.symbol() + "'");
        server.execute("CREATE TABLE " + database + ".t (ts TIMESTAMP, other TIMESTAMP)");
        RowType type = type("ts", DataTypes.TIMESTAMP_LTZ(9), "other", DataTypes.TIMESTAMP(9));
        Instant instant = Instant.parse("2026-01-02T03:04:05.123456789Z");

        try (WriterUnderTest writer =
                new WriterUnderTest(server, database, type, b -> b.table("t"))) {
            TimestampData time = TimestampData.fromInstant(instant);
            writer.write(GenericRowData.of(time, time));
            writer.flush();
            assertThat(writer.letters).isEmpty();
        }

        List<Object> row = server.rows("SELECT * FROM " + database + ".t").get(0);
        String expected =
                "2026-01-02T03:04:05." + "123456789".substring(0, precision.digits()) + "Z";
        assertThat(row).containsExactly(expected, expected);
    }

    @Test
    void writesAllTypesAtTheirEdges() throws Exception {
        String database = server.freshDatabase("");
        server.execute(
                "CREATE TABLE "
                        + database
                        + ".t (ts TIMESTAMP, b BOOL, i8 TINYINT, i16 SMALLINT, i32 INT, i64 BIGINT,"
                        + " u8 TINYINT UNSIGNED, u16 SMALLINT UNSIGNED, u32 INT UNSIGNED,"
                        + " u64 BIGINT UNSIGNED, f FLOAT, d DOUBLE, n NCHAR(4), v VARCHAR(4))");
        RowType type =
                type(
                        "ts", DataTypes.TIMESTAMP_LTZ(3),
                        "b", DataTypes.BOOLEAN(),
                        "i8", DataTypes.TINYINT(),
                        "i16", DataTypes.SMALLINT(),
                        "i32", DataTypes.INT(),
                        "i64", DataTypes.BIGINT(),
                        "u8", DataTypes.SMALLINT(),
                        "u16", DataTypes.INT(),
                        "u32", DataTypes.BIGINT(),
                        "u64", DataTypes.DECIMAL(20, 0),
                        "f", DataTypes.FLOAT(),
                        "d", DataTypes.DOUBLE(),
                        "n", DataTypes.STRING(),
                        "v", DataTypes.STRING());
        BigDecimal largest = new BigDecimal("18446744073709551615");

        try (WriterUnderTest writer =
                new WriterUnderTest(server, database, type, b -> b.table("t"))) {
            writer.write(
                    GenericRowData.of(
                            TimestampData.fromEpochMillis(T0),
                            true,
                            (byte) -128,
                            (short) -32768,
                            Integer.MIN_VALUE,
                            Long.MIN_VALUE,
                            (short) 255,
                            65535,
                            4294967295L,
                            DecimalData.fromBigDecimal(largest, 20, 0),
                            Float.MAX_VALUE,
                            Double.MAX_VALUE,
                            text("中文😀ü"),
                            text("äö")));
            writer.write(
                    GenericRowData.of(
                            TimestampData.fromEpochMillis(T0 + 1),
                            false,
                            (byte) 127,
                            (short) 32767,
                            Integer.MAX_VALUE,
                            Long.MAX_VALUE,
                            (short) 0,
                            0,
                            0L,
                            DecimalData.fromBigDecimal(BigDecimal.ZERO, 20, 0),
                            -1.5e-30f,
                            Double.MIN_NORMAL,
                            null,
                            null));
            writer.flush();
            assertThat(writer.letters).isEmpty();
        }

        List<List<Object>> rows = server.rows("SELECT * FROM " + database + ".t ORDER BY ts");
        List<Object> first = rows.get(0);
        assertThat(first.subList(1, 9).toString())
                .isEqualTo(
                        "[true, -128, -32768, -2147483648, -9223372036854775808, 255, 65535,"
                                + " 4294967295]");
        assertThat(first.get(9).toString()).isEqualTo(largest.toString());
        assertThat(((Number) first.get(10)).floatValue()).isEqualTo(Float.MAX_VALUE);
        assertThat(((Number) first.get(11)).doubleValue()).isEqualTo(Double.MAX_VALUE);
        assertThat(first.subList(12, 14)).isEqualTo(List.of("中文😀ü", "äö"));
        List<Object> second = rows.get(1);
        assertThat(second.subList(1, 10).toString())
                .isEqualTo("[false, 127, 32767, 2147483647, 9223372036854775807, 0, 0, 0, 0]");
        assertThat(((Number) second.get(10)).floatValue()).isEqualTo(-1.5e-30f);
        assertThat(((Number) second.get(11)).doubleValue()).isEqualTo(Double.MIN_NORMAL);
        assertThat(second.subList(12, 14)).isEqualTo(Arrays.asList(null, null));
    }

    @Test
    void keepsWhatANullSkips() throws Exception {
        String database = server.freshDatabase("");
        server.execute(
                "CREATE TABLE " + database + ".t (ts TIMESTAMP, a INT, b INT, c INT)",
                "INSERT INTO " + database + ".t VALUES (" + T0 + ", 1, 2, 3)");
        RowType type =
                type(
                        "ts", DataTypes.BIGINT(),
                        "a", DataTypes.INT(),
                        "b", DataTypes.INT(),
                        "c", DataTypes.INT());

        try (WriterUnderTest writer =
                new WriterUnderTest(
                        server,
                        database,
                        type,
                        b -> b.table("t").nullHandling(NullHandling.SKIP))) {
            writer.write(GenericRowData.of(T0, 10, null, null));
            writer.write(GenericRowData.of(T0, null, 20, null));
            writer.write(GenericRowData.of(T0 + 1, null, null, 30));
            writer.flush();
            assertThat(writer.metric("tdengine.timestampCollisions")).isEqualTo(1);
        }

        assertThat(server.rows("SELECT a, b, c FROM " + database + ".t ORDER BY ts"))
                .isEqualTo(List.of(List.of(10, 20, 3), Arrays.asList(null, null, 30)));
    }

    @Test
    void createsSubTablesAgainThatWereDropped() throws Exception {
        String database = server.freshDatabase("");
        server.execute("CREATE STABLE " + database + ".st (ts TIMESTAMP, v INT) TAGS (dev INT)");
        RowType type =
                type(
                        "ts", DataTypes.BIGINT(),
                        "v", DataTypes.INT(),
                        "dev", DataTypes.INT());

        try (WriterUnderTest writer =
                new WriterUnderTest(
                        server, database, type, b -> b.superTable("st").subTable("d${dev}"))) {
            for (int round = 0; round < 2; round++) {
                for (int device = 0; device < 5; device++) {
                    writer.write(GenericRowData.of(T0 + round, round, device));
                }
                writer.flush();
                server.execute("DROP TABLE " + database + ".d" + round);
            }
            writer.write(GenericRowData.of(T0 + 2, 2, 1));
            writer.flush();
            assertThat(writer.letters).isEmpty();
            assertThat(writer.metric("numRecordsSend")).isEqualTo(11);
        }

        Set<List<Object>> rows =
                new HashSet<>(server.rows("SELECT tbname, v, dev FROM " + database + ".st"));
        List<List<Object>> expected = new ArrayList<>();
        expected.add(List.of("d0", 1, 0));
        expected.add(List.of("d1", 2, 1));
        for (int device = 2; device < 5; device++) {
            expected.add(List.of("d" + device, 0, device));
            expected.add(List.of("d" + device, 1, device));
        }
        assertThat(rows).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void writesTablesWhoseKeyHasASecondColumn() throws Exception {
        String database = server.freshDatabase("");
        server.execute(
                "CREATE TABLE " + database + ".t (ts TIMESTAMP, k VARCHAR(8) PRIMARY KEY, v INT)");
        RowType type =
                type(
                        "ts", DataTypes.BIGINT(),
                        "v", DataTypes.INT(),
                        "k", DataTypes.STRING());

        try (WriterUnderTest writer =
                new WriterUnderTest(server, database, type, b -> b.table("t"))) {
            writer.write(GenericRowData.of(T0, 1, text("a")));
            writer.write(GenericRowData.of(T0, 2, text("b")));
            writer.write(GenericRowData.of(T0, 3, text("a")));
            writer.flush();
        }

        assertThat(server.rows("SELECT k, v FROM " + database + ".t ORDER BY ts"))
                .containsExactlyInAnyOrder(List.of("a", 3), List.of("b", 2));
    }
}
