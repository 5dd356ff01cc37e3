package io.millrace.tdengine.sink.writer;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.devkit.tdengine.TDengineUnderTest;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.RowType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Types that are rarely met, at any server. Few rows go as text, many of one table are bound; what
 * is stored has to be the same.
 */
class RareTypesITCase {
    private static final int FEW = 2;
    private static final int MANY = 1_000;
    private static final Instant T0 = Instant.parse("2026-01-01T00:00:00.123456789Z");
    private static TDengineUnderTest server;

    @BeforeAll
    static void startServer() {
        server = TDengineUnderTest.start();
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    private static StringData text(String text) {
        return StringData.fromString(text);
    }

    private static long count(String from) {
        return ((Number) server.rows("SELECT COUNT(*) FROM " + from).get(0).get(0)).longValue();
    }

    @ParameterizedTest
    @ValueSource(ints = {FEW, MANY})
    void binaryAndGeometry(int rows) throws Exception {
        String database = server.freshDatabase("");
        server.execute(
                "CREATE TABLE "
                        + database
                        + ".t (ts TIMESTAMP, vb VARBINARY(8), vt VARBINARY(8), g GEOMETRY(64))");
        RowType type =
                (RowType)
                        DataTypes.ROW(
                                        DataTypes.FIELD("ts", DataTypes.TIMESTAMP_LTZ(3)),
                                        DataTypes.FIELD("vb", DataTypes.BYTES()),
                                        DataTypes.FIELD("vt", DataTypes.STRING()),
                                        DataTypes.FIELD("g", DataTypes.STRING()))
                                .getLogicalType();
        byte[] bytes = {0, 1, '\'', '\\', (byte) 0xFF};
        try (WriterUnderTest writer =
                new WriterUnderTest(server, database, type, b -> b.table("t"))) {
            for (int i = 0; i < rows; i++) {
                writer.write(
                        GenericRowData.of(
                                TimestampData.fromInstant(T0.plusMillis(i)),
                                bytes,
                                text("\\x41"),
                                text("POINT(1 2)")));
            }
            writer.flush();
            assertThat(writer.letters).isEmpty();
        }
        List<List<Object>> stored =
                server.rows("SELECT DISTINCT vb, vt, g FROM " + database + ".t");
        assertThat(count(database + ".t")).isEqualTo(rows);
        assertThat(stored).hasSize(1);
        assertThat(stored.get(0).get(0)).hasToString("0001275cff");
        assertThat(stored.get(0).get(1)).hasToString("5c783431");
        assertThat(stored.get(0).get(2))
                .asString()
                .isEqualToIgnoringCase("0101000000000000000000f03f0000000000000040");
    }

    @ParameterizedTest
    @ValueSource(ints = {FEW, MANY})
    void jsonTags(int rows) throws Exception {
        String database = server.freshDatabase("");
        server.execute("CREATE STABLE " + database + ".st (ts TIMESTAMP, v INT) TAGS (j JSON)");
        RowType type =
                (RowType)
                        DataTypes.ROW(
                                        DataTypes.FIELD("tbname", DataTypes.STRING()),
                                        DataTypes.FIELD("ts", DataTypes.TIMESTAMP_LTZ(3)),
                                        DataTypes.FIELD("v", DataTypes.INT()),
                                        DataTypes.FIELD(
                                                "j",
                                                DataTypes.ROW(
                                                        DataTypes.FIELD("a", DataTypes.INT()),
                                                        DataTypes.FIELD("s", DataTypes.STRING()))))
                                .getLogicalType();
        try (WriterUnderTest writer =
                new WriterUnderTest(server, database, type, b -> b.superTable("st"))) {
            for (int i = 0; i < rows; i++) {
                writer.write(
                        GenericRowData.of(
                                text("d1"),
                                TimestampData.fromInstant(T0.plusMillis(i)),
                                i,
                                GenericRowData.of(1, text("it's"))));
            }
            writer.flush();
            assertThat(writer.letters).isEmpty();
        }
        assertThat(count(database + ".st")).isEqualTo(rows);
        assertThat(server.rows("SELECT j FROM " + database + ".d1 LIMIT 1").get(0).get(0))
                .asString()
                .contains("it's");
    }

    @ParameterizedTest
    @CsvSource({"ms,2", "us,2", "ns,2", "ms,1000", "us,1000", "ns,1000"})
    void timesOfEveryPrecision(String precision, int rows) throws Exception {
        String database = server.freshDatabase("PRECISION '" + precision + "'");
        server.execute("CREATE TABLE " + database + ".t (ts TIMESTAMP, p TIMESTAMP, n TIMESTAMP)");
        RowType type =
                (RowType)
                        DataTypes.ROW(
                                        DataTypes.FIELD("ts", DataTypes.TIMESTAMP_LTZ(9)),
                                        DataTypes.FIELD("p", DataTypes.TIMESTAMP(9)),
                                        DataTypes.FIELD("n", DataTypes.BIGINT()))
                                .getLogicalType();
        try (WriterUnderTest writer =
                new WriterUnderTest(server, database, type, b -> b.table("t"))) {
            for (int i = 0; i < rows; i++) {
                Instant at = T0.plusMillis(i);
                writer.write(
                        GenericRowData.of(
                                TimestampData.fromInstant(at),
                                TimestampData.fromLocalDateTime(
                                        LocalDateTime.parse("1969-12-31T23:59:59.999")),
                                1_767_225_600_123L));
            }
            writer.flush();
            assertThat(writer.letters).isEmpty();
        }
        long unit = precision.equals("ms") ? 1 : precision.equals("us") ? 1_000 : 1_000_000;
        long expected = T0.getEpochSecond() * 1_000 * unit + T0.getNano() / (1_000_000 / unit);
        List<List<Object>> stored =
                server.rows(
                        "SELECT CAST(ts AS BIGINT), CAST(p AS BIGINT), CAST(n AS BIGINT) FROM "
                                + database
                                + ".t ORDER BY ts LIMIT 1");
        assertThat(count(database + ".t")).isEqualTo(rows);
        assertThat(stored.get(0))
                .extracting(n -> ((Number) n).longValue())
                .containsExactly(expected, -unit, 1_767_225_600_123L * unit);
    }

    @ParameterizedTest
    @ValueSource(ints = {FEW, MANY})
    void unsignedTagsAndValuesOutOfRange(int rows) throws Exception {
        String database = server.freshDatabase("");
        server.execute(
                "CREATE STABLE "
                        + database
                        + ".st (ts TIMESTAMP, u8 TINYINT UNSIGNED, u64 BIGINT UNSIGNED, v VARCHAR(3))"
                        + " TAGS (t64 BIGINT UNSIGNED, tf FLOAT, tb BOOL, tt TIMESTAMP,"
                        + " tv VARBINARY(4))");
        RowType type =
                (RowType)
                        DataTypes.ROW(
                                        DataTypes.FIELD("ts", DataTypes.TIMESTAMP_LTZ(3)),
                                        DataTypes.FIELD("u8", DataTypes.INT()),
                                        DataTypes.FIELD("u64", DataTypes.DECIMAL(20, 0)),
                                        DataTypes.FIELD("v", DataTypes.STRING()),
                                        DataTypes.FIELD("t64", DataTypes.DECIMAL(20, 0)),
                                        DataTypes.FIELD("tf", DataTypes.FLOAT()),
                                        DataTypes.FIELD("tb", DataTypes.BOOLEAN()),
                                        DataTypes.FIELD("tt", DataTypes.TIMESTAMP_LTZ(3)),
                                        DataTypes.FIELD("tv", DataTypes.BYTES()))
                                .getLogicalType();
        DecimalData largest =
                DecimalData.fromBigDecimal(new BigDecimal("18446744073709551615"), 20, 0);
        DecimalData tooLarge =
                DecimalData.fromBigDecimal(new BigDecimal("18446744073709551616"), 20, 0);
        byte[] bytes = "ü".getBytes(StandardCharsets.UTF_8);
        TimestampData time = TimestampData.fromInstant(T0);
        try (WriterUnderTest writer =
                new WriterUnderTest(
                        server, database, type, b -> b.superTable("st").subTable("d"))) {
            for (int i = 0; i < rows; i++) {
                writer.write(
                        GenericRowData.of(
                                TimestampData.fromInstant(T0.plusMillis(i)),
                                255,
                                largest,
                                text("abc"),
                                largest,
                                1.5f,
                                true,
                                time,
                                bytes));
            }
            writer.write(
                    GenericRowData.of(
                            time, 256, largest, text("a"), largest, 1f, true, time, bytes));
            writer.write(
                    GenericRowData.of(
                            time, -1, largest, text("a"), largest, 1f, true, time, bytes));
            writer.write(
                    GenericRowData.of(
                            time, 1, tooLarge, text("a"), largest, 1f, true, time, bytes));
            writer.write(
                    GenericRowData.of(
                            time, 1, largest, text("abcd"), largest, 1f, true, time, bytes));
            writer.flush();

            assertThat(writer.letters).hasSize(4);
            assertThat(writer.letters)
                    .extracting(letter -> letter.reason())
                    .satisfies(
                            reasons -> {
                                assertThat(reasons.get(0)).contains("'u8'", "256", "255");
                                assertThat(reasons.get(1)).contains("'u8'", "-1");
                                assertThat(reasons.get(2))
                                        .contains("'u64'", "18446744073709551616");
                                assertThat(reasons.get(3)).contains("'v'", "abcd", "VARCHAR(3)");
                            });
        }
        assertThat(
                        server.rows(
                                        "SELECT DISTINCT u8, u64, v, t64, tf, tb, tv FROM "
                                                + database
                                                + ".st")
                                .toString())
                .isEqualTo(
                        "[[255, 18446744073709551615, abc, 18446744073709551615, 1.5, true,"
                                + " c3bc]]");
        assertThat(count(database + ".st")).isEqualTo(rows);
    }
}
