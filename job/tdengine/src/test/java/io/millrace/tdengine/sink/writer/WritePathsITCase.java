package io.millrace.tdengine.sink.writer;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.devkit.tdengine.TDengineUnderTest;
import io.millrace.tdengine.client.TimePrecision;
import java.math.BigDecimal;
import java.util.List;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows end the same whether they go as text or as parameters of a prepared statement. */
class WritePathsITCase {
    private static final long T0 = 1_767_225_600L;
    private static final int ROWS = 400;

    private static final RowType ROW =
            (RowType)
                    DataTypes.ROW(
                                    DataTypes.FIELD("tbname", DataTypes.STRING()),
                                    DataTypes.FIELD("ts", DataTypes.BIGINT()),
                                    DataTypes.FIELD("b", DataTypes.BOOLEAN()),
                                    DataTypes.FIELD("i1", DataTypes.TINYINT()),
                                    DataTypes.FIELD("i2", DataTypes.SMALLINT()),
                                    DataTypes.FIELD("i4", DataTypes.INT()),
                                    DataTypes.FIELD("i8", DataTypes.BIGINT()),
                                    DataTypes.FIELD("u1", DataTypes.SMALLINT()),
                                    DataTypes.FIELD("u2", DataTypes.INT()),
                                    DataTypes.FIELD("u4", DataTypes.BIGINT()),
                                    DataTypes.FIELD("u8", DataTypes.DECIMAL(20, 0)),
                                    DataTypes.FIELD("f", DataTypes.DOUBLE()),
                                    DataTypes.FIELD("d", DataTypes.DOUBLE()),
                                    DataTypes.FIELD("v", DataTypes.STRING()),
                                    DataTypes.FIELD("n", DataTypes.STRING()),
                                    DataTypes.FIELD("x", DataTypes.BYTES()),
                                    DataTypes.FIELD("t1", DataTypes.STRING()),
                                    DataTypes.FIELD("t2", DataTypes.DOUBLE()))
                            .getLogicalType();

    private static TDengineUnderTest server;

    @BeforeAll
    static void startServer() {
        server = TDengineUnderTest.start();
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    private static String database(TimePrecision precision) {
        String database = server.freshDatabase("PRECISION '" + precision.symbol() + "'");
        server.execute(
                "CREATE STABLE "
                        + database
                        + ".st (ts TIMESTAMP, b BOOL, i1 TINYINT, i2 SMALLINT, i4 INT, i8 BIGINT,"
                        + " u1 TINYINT UNSIGNED, u2 SMALLINT UNSIGNED, u4 INT UNSIGNED,"
                        + " u8 BIGINT UNSIGNED, f FLOAT, d DOUBLE, v VARCHAR(40), n NCHAR(40),"
                        + " x VARBINARY(40)) TAGS (t1 NCHAR(20), t2 DOUBLE)");
        return database;
    }

    /** The name decides on the way: a server reads other names than words wrongly when bound. */
    private static RowData row(String prefix, int i) {
        boolean none = i % 7 == 3;
        long sign = i % 2 == 0 ? 1 : -1;
        return GenericRowData.of(
                StringData.fromString(prefix + i % 20),
                (T0 + i) * 1_000,
                none ? null : (Object) (i % 3 == 0),
                none ? null : (Object) (byte) (sign * (i % 128)),
                none ? null : (Object) (short) (sign * i * 80),
                none ? null : (Object) (int) (sign * Integer.MAX_VALUE + -sign * i),
                none ? null : (Object) (sign * Long.MAX_VALUE + -sign * i),
                none ? null : (Object) (short) (i % 256),
                none ? null : (Object) (65_535 - i),
                none ? null : (Object) (4_294_967_295L - i),
                none
                        ? null
                        : DecimalData.fromBigDecimal(
                                new BigDecimal("18446744073709551615")
                                        .subtract(BigDecimal.valueOf(i)),
                                20,
                                0),
                none ? null : (Object) (sign * i * 1.1),
                none ? null : (Object) (sign * i / 3.0),
                none ? null : StringData.fromString(i % 5 == 0 ? "" : "it's \\ \"" + i),
                none ? null : StringData.fromString("中ü😀'); --" + i),
                none ? null : new byte[] {(byte) i, 0, -1},
                StringData.fromString("tag'" + i % 20),
                i % 20 / 4.0);
    }

    private static List<List<Object>> write(String database, String prefix, int bound)
            throws Exception {
        try (WriterUnderTest writer =
                new WriterUnderTest(server, database, ROW, b -> b.superTable("st"))) {
            // Twice, since a prepared statement that is used again is another case.
            for (int i = 0; i < 2 * ROWS; i++) {
                writer.write(row(prefix, i));
                if (i % ROWS == ROWS - 1) {
                    writer.flush();
                }
            }
            assertThat(writer.letters).isEmpty();
            assertThat(writer.metric("tdengine.boundRows")).isEqualTo(bound);
        }
        return server.rows(
                "SELECT ts, b, i1, i2, i4, i8, u1, u2, u4, u8, f, d, v, n, x, t1, t2 FROM "
                        + database
                        + ".st WHERE tbname LIKE '"
                        + prefix
                        + "%' ORDER BY ts");
    }

    @ParameterizedTest
    @EnumSource
    void bothWaysStoreTheSame(TimePrecision precision) throws Exception {
        String database = database(precision);

        List<List<Object>> bound = write(database, "word", 2 * ROWS);
        List<List<Object>> text = write(database, "no-word", 0);

        assertThat(bound).hasSize(2 * ROWS);
        assertThat(plain(bound)).isEqualTo(plain(text));
    }

    private static List<List<Object>> plain(List<List<Object>> rows) {
        return rows.stream()
                .map(
                        row ->
                                row.stream()
                                        .map(
                                                value ->
                                                        value instanceof byte[] bytes
                                                                ? new String(
                                                                        bytes,
                                                                        java.nio.charset
                                                                                .StandardCharsets
                                                                                .ISO_8859_1)
                                                                : value)
                                        .toList())
                .toList();
    }

    @Test
    void rowsThatABoundBatchIsRefusedForAreFound() throws Exception {
        String database = database(TimePrecision.MILLISECOND);
        try (WriterUnderTest writer =
                new WriterUnderTest(server, database, ROW, b -> b.superTable("st"))) {
            for (int i = 0; i < ROWS; i++) {
                GenericRowData row = (GenericRowData) row("word", i);
                if (i == 123 || i == 321) {
                    // Beyond every range that a server keeps; only the server knows its range.
                    row.setField(1, 9_000_000_000_000_000L + i);
                }
                writer.write(row);
            }
            writer.flush();

            assertThat(writer.metric("numRecordsSend")).isEqualTo(ROWS - 2);
            assertThat(writer.letters)
                    .hasSize(2)
                    .allSatisfy(l -> assertThat(l.details()).containsEntry("code", "0x060b"));
        }
    }

    @Test
    void manyRowsOfOneTableAreBoundInPartsThatTheServerTakes() throws Exception {
        int rows = 70_000;
        String database = database(TimePrecision.MILLISECOND);
        server.execute("CREATE TABLE " + database + ".numbers (ts TIMESTAMP, v INT)");
        RowType type =
                RowType.of(
                        new LogicalType[] {new BigIntType(), new IntType()},
                        new String[] {"ts", "v"});
        try (WriterUnderTest writer =
                new WriterUnderTest(
                        server, database, type, b -> b.table("numbers").maxRows(100_000))) {
            for (int i = 0; i < rows; i++) {
                writer.write(GenericRowData.of(1_700_000_000_000L + i, i));
            }
            writer.flush();

            assertThat(writer.metric("tdengine.boundRows")).isEqualTo(rows);
        }
        assertThat(server.rows("SELECT COUNT(*), SUM(v) FROM " + database + ".numbers"))
                .containsExactly(List.of(rows, (rows - 1L) * rows / 2));
    }
}
