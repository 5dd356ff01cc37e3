package io.millrace.tdengine.sink.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.tdengine.client.TimePrecision;
import io.millrace.tdengine.sink.row.EncodingRules.NonFinite;
import io.millrace.tdengine.sink.row.EncodingRules.NullHandling;
import io.millrace.tdengine.sink.row.EncodingRules.TimeUnit;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.DataType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RowEncoderTest {
    private static final Clock CLOCK =
            Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);
    private static final long NOW = CLOCK.millis();
    private static final EncodingRules RULES =
            new EncodingRules(TimeUnit.MILLISECOND, NonFinite.NULL, NullHandling.WRITE);

    private static RowPlan.Binding bind(String name, int position, DataType type) {
        return RowPlan.Binding.of(
                RowPlan.Part.ANY,
                name,
                ValueSource.Field.of(name, position, type.getLogicalType()));
    }

    /** Encodes one value into one column. */
    private static String encode(String column, DataType type, Object value, EncodingRules rules)
            throws RowRejectedException {
        RowPlan plan =
                new RowPlan(
                        "db",
                        new RowPlan.Table("t"),
                        List.of(bind("ts", 0, DataTypes.BIGINT()), bind("v", 1, type)));
        RowEncoder encoder =
                RowBinder.bind(
                        plan,
                        Tables.of("t", TimePrecision.MILLISECOND, "ts TIMESTAMP", "v " + column),
                        rules,
                        CLOCK);
        GrowingBytes out = new GrowingBytes(1);
        ColumnSet columns = encoder.encode(GenericRowData.of(NOW, value), out);
        String sql = TestRows.sql(columns, out, 0);
        assertThat(sql).startsWith(NOW + ",");
        return sql.substring((NOW + ",").length());
    }

    private static StringData text(String text) {
        return StringData.fromString(text);
    }

    static Stream<Arguments> values() {
        TimestampData time =
                TimestampData.fromInstant(Instant.parse("2026-01-02T03:04:05.678901234Z"));
        return Stream.of(
                Arguments.of("BOOL", DataTypes.BOOLEAN(), true, "true"),
                Arguments.of("BOOL", DataTypes.INT(), 0, "false"),
                Arguments.of("BOOL", DataTypes.STRING(), text("True"), "true"),
                Arguments.of("TINYINT", DataTypes.TINYINT(), (byte) -128, "-128"),
                Arguments.of("TINYINT", DataTypes.BIGINT(), 127L, "127"),
                Arguments.of("SMALLINT", DataTypes.SMALLINT(), (short) -3, "-3"),
                Arguments.of("INT", DataTypes.INT(), 7, "7"),
                Arguments.of("INT", DataTypes.DOUBLE(), 7.0, "7"),
                Arguments.of("INT", DataTypes.STRING(), text(" 12 "), "12"),
                Arguments.of("BIGINT", DataTypes.BIGINT(), Long.MIN_VALUE, "" + Long.MIN_VALUE),
                Arguments.of("TINYINT UNSIGNED", DataTypes.SMALLINT(), (short) 255, "255"),
                Arguments.of("INT UNSIGNED", DataTypes.BIGINT(), 4294967295L, "4294967295"),
                Arguments.of(
                        "BIGINT UNSIGNED",
                        DataTypes.DECIMAL(20, 0),
                        DecimalData.fromBigDecimal(new BigDecimal("18446744073709551615"), 20, 0),
                        "18446744073709551615"),
                Arguments.of("FLOAT", DataTypes.FLOAT(), 1.1f, "1.1"),
                Arguments.of("FLOAT", DataTypes.DOUBLE(), 1.1, "1.1"),
                Arguments.of("DOUBLE", DataTypes.FLOAT(), 1.5f, "1.5"),
                Arguments.of("DOUBLE", DataTypes.INT(), 3, "3"),
                // The server takes it for an underflow.
                Arguments.of("DOUBLE", DataTypes.DOUBLE(), Double.MIN_VALUE, "0"),
                Arguments.of("DOUBLE", DataTypes.DOUBLE(), Double.NaN, "NULL"),
                Arguments.of("FLOAT", DataTypes.FLOAT(), Float.NEGATIVE_INFINITY, "NULL"),
                Arguments.of(
                        "DECIMAL(5,2)",
                        DataTypes.DECIMAL(5, 2),
                        DecimalData.fromBigDecimal(new BigDecimal("-123.45"), 5, 2),
                        "-123.45"),
                Arguments.of("NCHAR(4)", DataTypes.STRING(), text("a'b😀"), "'a\\'b😀'"),
                Arguments.of("VARCHAR(4)", DataTypes.STRING(), text("\\"), "'\\\\'"),
                Arguments.of("VARCHAR(9)", DataTypes.BIGINT(), 5L, "'5'"),
                Arguments.of("VARCHAR(9)", DataTypes.BOOLEAN(), true, "'true'"),
                Arguments.of(
                        "VARCHAR(30)",
                        DataTypes.TIMESTAMP_LTZ(3),
                        time,
                        "'2026-01-02T03:04:05.678901234Z'"),
                Arguments.of(
                        "NCHAR(30)",
                        DataTypes.ARRAY(DataTypes.INT()),
                        new GenericArrayData(new int[] {1, 2}),
                        "'[1,2]'"),
                Arguments.of(
                        "NCHAR(30)",
                        DataTypes.ROW(DataTypes.FIELD("a", DataTypes.STRING())),
                        GenericRowData.of(text("x'")),
                        "'{\"a\":\"x\\'\"}'"),
                Arguments.of("VARBINARY(4)", DataTypes.BYTES(), new byte[] {1, -1}, "'\\x01ff'"),
                Arguments.of("VARBINARY(4)", DataTypes.STRING(), text("A"), "'\\x41'"),
                Arguments.of(
                        "GEOMETRY(99)", DataTypes.STRING(), text("POINT(1 2)"), "'POINT(1 2)'"),
                Arguments.of("TIMESTAMP", DataTypes.TIMESTAMP_LTZ(9), time, "1767323045678"),
                Arguments.of("TIMESTAMP", DataTypes.TIMESTAMP(9), time, "1767323045678"),
                Arguments.of("TIMESTAMP", DataTypes.BIGINT(), -5L, "-5"),
                Arguments.of(
                        "TIMESTAMP",
                        DataTypes.STRING(),
                        text("2026-01-02 03:04:05+01:00"),
                        "1767319445000"),
                Arguments.of("INT", DataTypes.INT(), null, "NULL"),
                Arguments.of("NCHAR(4)", DataTypes.STRING(), null, "NULL"));
    }

    @ParameterizedTest
    @MethodSource("values")
    void writesValuesAsTheirColumnWantsThem(
            String column, DataType type, Object value, String expected)
            throws RowRejectedException {
        assertThat(encode(column, type, value, RULES)).isEqualTo(expected);
    }

    static Stream<Arguments> rejected() {
        return Stream.of(
                Arguments.of("TINYINT", DataTypes.INT(), 128, "128 is out of range; TINYINT holds"),
                Arguments.of("INT UNSIGNED", DataTypes.INT(), -1, "0 to 4294967295"),
                Arguments.of("BIGINT UNSIGNED", DataTypes.BIGINT(), -1L, "18446744073709551615"),
                Arguments.of("INT", DataTypes.DOUBLE(), 1.5, "1.5 is no whole number"),
                Arguments.of("INT", DataTypes.STRING(), text("abc"), "'abc' is no number"),
                Arguments.of("INT", DataTypes.STRING(), text("1e999999999"), "out of range"),
                Arguments.of("INT", DataTypes.STRING(), text("1e-999999999"), "no whole number"),
                Arguments.of("DOUBLE", DataTypes.STRING(), text("1e999"), "out of range"),
                Arguments.of("FLOAT", DataTypes.DOUBLE(), 1e39, "1.0E39 is out of range"),
                Arguments.of(
                        "DECIMAL(5,2)", DataTypes.INT(), 1000, "holds 3 digits before the point"),
                Arguments.of("BOOL", DataTypes.STRING(), text("yes"), "'yes' is no BOOL"),
                Arguments.of(
                        "NCHAR(2)",
                        DataTypes.STRING(),
                        text("a😀b"),
                        "'a😀b' has 3 characters; NCHAR(2) holds 2"),
                Arguments.of("VARCHAR(3)", DataTypes.STRING(), text("äö"), "has 4 bytes"),
                Arguments.of("VARBINARY(1)", DataTypes.BYTES(), new byte[2], "has 2 bytes"),
                Arguments.of("VARCHAR(9)", DataTypes.STRING(), text("a\0"), "NUL"),
                Arguments.of("TIMESTAMP", DataTypes.STRING(), text("soon"), "'soon' is no time"));
    }

    @ParameterizedTest
    @MethodSource("rejected")
    void rejectsValuesThatNeverFitAndNamesTheColumn(
            String column, DataType type, Object value, String reason) {
        assertThatThrownBy(() -> encode(column, type, value, RULES))
                .isInstanceOf(RowRejectedException.class)
                .hasMessageContaining("Column 'v': ")
                .hasMessageContaining(reason);
    }

    @Test
    void rejectsNumbersThatAreNoneIfToldSo() {
        EncodingRules strict =
                new EncodingRules(TimeUnit.MILLISECOND, NonFinite.DEAD_LETTER, NullHandling.WRITE);

        assertThatThrownBy(() -> encode("FLOAT", DataTypes.FLOAT(), Float.NaN, strict))
                .hasMessageContaining("NaN");
    }

    @ParameterizedTest
    @CsvSource({
        "MILLISECOND, SECOND,      1767225600,          1767225600000",
        "MICROSECOND, MILLISECOND, 1767225600123,       1767225600123000",
        "NANOSECOND,  MICROSECOND, 1767225600123456,    1767225600123456000",
        "MILLISECOND, NANOSECOND,  1767225600123456789, 1767225600123"
    })
    void convertsWholeNumbersToTheDatabasesUnit(
            TimePrecision precision, TimeUnit unit, long value, long expected)
            throws RowRejectedException {
        RowPlan plan =
                new RowPlan(
                        "db", new RowPlan.Table("t"), List.of(bind("ts", 0, DataTypes.BIGINT())));
        RowEncoder encoder =
                RowBinder.bind(
                        plan,
                        Tables.of("t", precision, "ts TIMESTAMP"),
                        new EncodingRules(unit, NonFinite.NULL, NullHandling.WRITE),
                        CLOCK);

        encoder.encode(GenericRowData.of(value), new GrowingBytes(1));

        assertThat(encoder.lastTime()).isEqualTo(expected);
    }

    private static RowEncoder three(NullHandling nulls) {
        RowPlan plan =
                new RowPlan(
                        "db",
                        new RowPlan.Table("t"),
                        List.of(
                                bind("A", 1, DataTypes.INT()),
                                bind("ts", 0, DataTypes.BIGINT()),
                                bind("k", 2, DataTypes.STRING()),
                                bind("b", 3, DataTypes.INT())));
        return RowBinder.bind(
                plan,
                Tables.of(
                        "t",
                        TimePrecision.MILLISECOND,
                        "ts TIMESTAMP",
                        "k VARCHAR(9) KEY",
                        "a INT",
                        "b INT"),
                new EncodingRules(TimeUnit.MILLISECOND, NonFinite.NULL, nulls),
                CLOCK);
    }

    private static RowData row(Object a, String key, Object b) {
        return GenericRowData.of(NOW, a, key == null ? null : text(key), b);
    }

    @Test
    void putsTheKeyInFrontAndMatchesNamesInAnyCase() throws RowRejectedException {
        RowEncoder encoder = three(NullHandling.WRITE);
        GrowingBytes out = new GrowingBytes(1);

        ColumnSet columns = encoder.encode(row(1, "x", null), out);

        assertThat(columns.names()).containsExactly("ts", "k", "a", "b");
        assertThat(columns.keyColumns()).isEqualTo(2);
        assertThat(TestRows.sql(columns, out, 0)).isEqualTo(NOW + ",'x',1,NULL");
        int second = RowValues.next(out.bytes(), 0);
        assertThat(encoder.lastKeyEnd()).isEqualTo(RowValues.next(out.bytes(), second));
    }

    @Test
    void leavesNullsOutIfTheyAreToBeSkipped() throws RowRejectedException {
        RowEncoder encoder = three(NullHandling.SKIP);
        GrowingBytes out = new GrowingBytes(1);

        ColumnSet first = encoder.encode(row(null, "x", 2), out);
        int secondStart = out.length();
        ColumnSet second = encoder.encode(row(null, "y", 3), out);
        int allStart = out.length();
        ColumnSet all = encoder.encode(row(1, "z", 4), out);

        assertThat(first.names()).containsExactly("ts", "k", "b");
        assertThat(second).isSameAs(first);
        assertThat(all.names()).containsExactly("ts", "k", "a", "b");
        assertThat(TestRows.sql(first, out, 0)).isEqualTo(NOW + ",'x',2");
        assertThat(TestRows.sql(second, out, secondStart)).isEqualTo(NOW + ",'y',3");
        assertThat(TestRows.sql(all, out, allStart)).isEqualTo(NOW + ",'z',1,4");
    }

    @Test
    void writesNothingOfARejectedRow() {
        RowEncoder encoder = three(NullHandling.SKIP);
        GrowingBytes out = new GrowingBytes(1);
        out.append((byte) '!');

        assertThatThrownBy(() -> encoder.encode(row(1, "0123456789", 2), out))
                .hasMessageContaining("Column 'k'");
        assertThatThrownBy(() -> encoder.encode(row(1, null, 2), out))
                .hasMessageContaining("NULL in a column of the key");
        assertThatThrownBy(() -> encoder.encode(GenericRowData.of(null, 1, text("k"), 2), out))
                .hasMessageContaining("Column 'ts': the time of the row is NULL");
        assertThat(out).hasToString("!");
    }

    @Test
    void rejectsTimesThatTheDatabaseKeepsNoLonger() {
        assertThatThrownBy(
                        () ->
                                three(NullHandling.WRITE)
                                        .encode(
                                                GenericRowData.of(1_767_225_600L, 1, text("k"), 2),
                                                new GrowingBytes(1)))
                .isInstanceOfSatisfying(
                        RowRejectedException.class, e -> assertThat(e.byLimit()).isTrue())
                .hasMessageContaining("1970-01-21T10:53:45Z")
                .hasMessageContaining("3650 days");
    }

    private static RowEncoder superTable(RowPlan.Naming naming) {
        List<RowPlan.Binding> bindings = new ArrayList<>();
        bindings.add(bind("ts", 0, DataTypes.BIGINT()));
        bindings.add(bind("v", 1, DataTypes.INT()));
        bindings.add(bind("gid", 2, DataTypes.INT()));
        bindings.add(bind("site", 3, DataTypes.STRING()));
        return RowBinder.bind(
                new RowPlan("db", new RowPlan.SuperTable("st", naming), bindings),
                Tables.of(
                        "st",
                        TimePrecision.MILLISECOND,
                        "ts TIMESTAMP",
                        "v INT",
                        "site NCHAR(4) TAG",
                        "gid INT TAG"),
                RULES,
                CLOCK);
    }

    @Test
    void namesSubTablesByTheirTagsInTheServersOrder() throws RowRejectedException {
        RowEncoder encoder = superTable(new RowPlan.NameFromTags());
        RowData row = GenericRowData.of(NOW, 1, 7, text("a.b"));

        assertThat(encoder.tableName(row)).isEqualTo("st_a%2Eb_7");
        assertThat(new String(encoder.tags(row).clause(), StandardCharsets.UTF_8))
                .isEqualTo(" USING `db`.`st` (`gid`,`site`) TAGS (7,'a.b')");
    }

    @Test
    void rejectsARowWhoseNameHasANull() {
        RowEncoder encoder = superTable(new RowPlan.NameFromTags());

        assertThatThrownBy(() -> encoder.tableName(GenericRowData.of(NOW, 1, null, text("a"))))
                .hasMessageContaining("is NULL");
    }

    @Test
    void lowersNamesThatTheUserWroteWithoutBackTicks() throws RowRejectedException {
        ValueSource.Text name =
                new ValueSource.Text(
                        List.of(
                                new ValueSource.Constant("d_"),
                                ValueSource.Field.of(
                                        "site", 3, DataTypes.STRING().getLogicalType())));
        RowData row = GenericRowData.of(NOW, 1, 7, text("A"));

        assertThat(superTable(new RowPlan.NameTemplate(name, true)).tableName(row))
                .isEqualTo("d_a");
        assertThat(superTable(new RowPlan.NameTemplate(name, false)).tableName(row))
                .isEqualTo("d_A");
    }

    @Test
    void rejectsTagsThatDoNotFit() {
        RowEncoder encoder = superTable(new RowPlan.NameFromTags());

        assertThatThrownBy(() -> encoder.tags(GenericRowData.of(NOW, 1, 7, text("12345"))))
                .hasMessageContaining("Column 'site'");
    }

    @Test
    void saysAllThatDoesNotFitTheTable() {
        RowPlan plan =
                new RowPlan(
                        "db",
                        new RowPlan.Table("st"),
                        List.of(
                                bind("volt", 1, DataTypes.INT()),
                                bind("a", 1, DataTypes.BYTES()),
                                bind("A", 1, DataTypes.INT()),
                                bind("x", 1, DataTypes.INT())));

        assertThatThrownBy(
                        () ->
                                RowBinder.bind(
                                        plan,
                                        Tables.of(
                                                "st",
                                                TimePrecision.MILLISECOND,
                                                "ts TIMESTAMP",
                                                "volts INT",
                                                "a INT",
                                                "x BLOB",
                                                "g INT TAG"),
                                        RULES,
                                        CLOCK))
                .hasMessageContaining("is a super table")
                .hasMessageContaining("Column 'volt' is not in super table 'db.st'")
                .hasMessageContaining("Did you mean 'volts'?")
                .hasMessageContaining("Column 'a' of super table 'db.st' is given twice")
                .hasMessageContaining("Column 'a' of super table 'db.st' is INT; a value of BYTES")
                .hasMessageContaining("Column 'x' of super table 'db.st' is UNKNOWN")
                .hasMessageContaining("Column 'ts' of super table 'db.st' is part of the key");
    }

    @Test
    void readsMembersOfRowsInsideRows() throws RowRejectedException {
        ValueSource.Field temp =
                new ValueSource.Field(
                        "payload.temp",
                        List.of(1, 0),
                        List.of(1),
                        DataTypes.DOUBLE().getLogicalType());
        RowPlan plan =
                new RowPlan(
                        "db",
                        new RowPlan.Table("t"),
                        List.of(
                                bind("ts", 0, DataTypes.BIGINT()),
                                RowPlan.Binding.of(RowPlan.Part.COLUMN, "v", temp)));
        RowEncoder encoder =
                RowBinder.bind(
                        plan,
                        Tables.of("t", TimePrecision.MILLISECOND, "ts TIMESTAMP", "v DOUBLE"),
                        RULES,
                        CLOCK);
        GrowingBytes out = new GrowingBytes(1);

        ColumnSet columns = encoder.encode(GenericRowData.of(NOW, GenericRowData.of(1.5)), out);
        int second = out.length();
        encoder.encode(GenericRowData.of(NOW, null), out);
        int third = out.length();
        encoder.encode(GenericRowData.of(NOW, GenericRowData.of((Object) null)), out);

        assertThat(TestRows.sql(columns, out, 0)).isEqualTo(NOW + ",1.5");
        assertThat(TestRows.sql(columns, out, second)).isEqualTo(NOW + ",NULL");
        assertThat(TestRows.sql(columns, out, third)).isEqualTo(NOW + ",NULL");
    }
}
