package io.millrace.rule.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.functions.time.EpochUnit;
import io.millrace.functions.value.Bytes;
import io.millrace.functions.value.JsonNull;
import io.millrace.functions.value.Symbol;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.DataType;
import org.junit.jupiter.api.Test;

class ValueConvertersTest {
    @Test
    void undefinedAndJsonNullAreNull() throws Exception {
        assertThat(convert(null, DataTypes.INT())).isNull();
        assertThat(convert(JsonNull.NULL, DataTypes.STRING())).isNull();
    }

    @Test
    void wholeNumbersFitOrAreRefused() throws Exception {
        assertThat(convert(127L, DataTypes.TINYINT())).isEqualTo((byte) 127);
        assertThat(convert(-5L, DataTypes.SMALLINT())).isEqualTo((short) -5);
        assertThat(convert(21.0, DataTypes.INT())).isEqualTo(21);
        assertThat(convert(" 42 ", DataTypes.BIGINT())).isEqualTo(42L);
        assertThat(convert("1e3", DataTypes.INT())).isEqualTo(1000);
        assertMisfit(128L, DataTypes.TINYINT(), "128 is out of range; TINYINT holds -128 to 127.");
        assertMisfit(21.5, DataTypes.INT(), "21.5 is no whole number; INT takes no other.");
        assertMisfit(
                BigInteger.TWO.pow(63),
                DataTypes.BIGINT(),
                "9223372036854775808 is out of range; BIGINT holds");
        assertMisfit("hot", DataTypes.INT(), "'hot' is no number; the column is INT.");
        assertMisfit(true, DataTypes.INT(), "true is no number");
        assertMisfit(List.of(1L), DataTypes.INT(), "is no number");
        assertMisfit("1e999999999", DataTypes.BIGINT(), "has too many digits");
        assertMisfit("1e-999999999", DataTypes.BIGINT(), "has too many digits");
    }

    @Test
    void floatsAreTheNearestThereIs() throws Exception {
        assertThat(convert(21.1, DataTypes.FLOAT())).isEqualTo(21.1f);
        assertThat(convert(7L, DataTypes.DOUBLE())).isEqualTo(7.0);
        assertThat(convert("-0.5", DataTypes.DOUBLE())).isEqualTo(-0.5);
        assertMisfit(1e39, DataTypes.FLOAT(), "is out of range; FLOAT holds up to 3.4028");
        assertMisfit(
                BigInteger.TEN.pow(309), DataTypes.DOUBLE(), "is out of range; DOUBLE holds up to");
    }

    @Test
    void decimalsLoseNoDigit() throws Exception {
        DataType type = DataTypes.DECIMAL(6, 2);
        assertThat(convert(21.55, type)).isEqualTo(decimal("21.55"));
        assertThat(convert("21.5500", type)).isEqualTo(decimal("21.55"));
        assertMisfit(21.555, type, "21.555 has more than 2 decimals");
        assertMisfit(10_000L, type, "DECIMAL(6, 2) holds 4 digits before the point");
    }

    @Test
    void textColumnsTakeAllThatHasAText() throws Exception {
        assertThat(text("a\"b")).isEqualTo("a\"b");
        assertThat(text(12L)).isEqualTo("12");
        assertThat(text(0.1)).isEqualTo("0.1");
        assertThat(text(123456789.123456789)).isEqualTo("123456789.12345679");
        assertThat(text(false)).isEqualTo("false");
        assertThat(text(new Symbol("message.publish"))).isEqualTo("message.publish");
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("a", null);
        map.put("b", List.of(1L, "x"));
        assertThat(text(map)).isEqualTo("{\"a\":null,\"b\":[1,\"x\"]}");
        assertMisfit(
                Bytes.value(new byte[] {(byte) 0xff}), DataTypes.STRING(), "is no UTF-8 text; use");
    }

    @Test
    void bytesAreTheBytesOfATextOrBytes() throws Exception {
        assertThat(convert("é", DataTypes.BYTES())).isEqualTo("é".getBytes(StandardCharsets.UTF_8));
        assertThat(convert(Bytes.value(new byte[] {(byte) 0xff}), DataTypes.BYTES()))
                .isEqualTo(new byte[] {(byte) 0xff});
    }

    @Test
    void truthIsNotGuessed() throws Exception {
        assertThat(convert(true, DataTypes.BOOLEAN())).isEqualTo(true);
        assertThat(convert(0L, DataTypes.BOOLEAN())).isEqualTo(false);
        assertThat(convert("true", DataTypes.BOOLEAN())).isEqualTo(true);
        assertMisfit(2L, DataTypes.BOOLEAN(), "2 is no BOOLEAN; allowed are true, false, 1 and 0.");
        assertMisfit(1.0, DataTypes.BOOLEAN(), "is no BOOLEAN");
    }

    @Test
    void wholeNumbersAreTimesOfTheUnit() throws Exception {
        DataType type = DataTypes.TIMESTAMP_LTZ(9);
        assertThat(convert(1_700_000_000_123L, type, EpochUnit.MILLISECOND))
                .isEqualTo(TimestampData.fromEpochMillis(1_700_000_000_123L));
        assertThat(convert(-1L, type, EpochUnit.NANOSECOND))
                .isEqualTo(TimestampData.fromEpochMillis(-1, 999_999));
        assertThat(convert(1_700_000_000.0, type, EpochUnit.SECOND))
                .isEqualTo(TimestampData.fromEpochMillis(1_700_000_000_000L));
        assertThat(convert("1700000000", type, EpochUnit.SECOND))
                .isEqualTo(TimestampData.fromEpochMillis(1_700_000_000_000L));
        assertThat(convert("2026-01-31T10:00:00.000001+01:00", type, EpochUnit.SECOND))
                .isEqualTo(TimestampData.fromInstant(Instant.parse("2026-01-31T09:00:00.000001Z")));
        assertMisfit(1.5, type, "1.5 is no time; allowed are a whole number of milliseconds and");
        assertMisfit("yesterday", type, "'yesterday' is no time");
        // Nanoseconds taken for milliseconds.
        assertMisfit(1_700_000_000_000_000_000L, type, "as a time in milliseconds");
    }

    @Test
    void mapsAndArraysBecomeRowsByName() throws Exception {
        DataType type =
                DataTypes.ROW(
                        DataTypes.FIELD("n", DataTypes.INT()),
                        DataTypes.FIELD("l", DataTypes.ARRAY(DataTypes.STRING())));
        RowData row = (RowData) convert(Map.of("n", 1L, "l", List.of("a"), "more", 2L), type);
        assertThat(row.getInt(0)).isEqualTo(1);
        assertThat(row.getArray(1).getString(0)).isEqualTo(StringData.fromString("a"));
        assertMisfit("x", type, "'x' is no map.");
        assertThat(ValueConverters.know(DataTypes.DATE().getLogicalType())).isFalse();
    }

    @Property
    void whatAColumnTakesIsWhatWasGiven(@ForAll double number) throws Exception {
        try {
            Object whole = convert(number, DataTypes.BIGINT());
            assertThat(new BigDecimal((Long) whole)).isEqualByComparingTo(new BigDecimal(number));
        } catch (MisfitException refused) {
            assertThat(number != Math.rint(number) || Math.abs(number) >= 0x1p63).isTrue();
        }
    }

    private static DecimalData decimal(String text) {
        return DecimalData.fromBigDecimal(new BigDecimal(text), 6, 2);
    }

    private static String text(Object value) throws MisfitException {
        return convert(value, DataTypes.STRING()).toString();
    }

    private static Object convert(Object value, DataType type) throws MisfitException {
        return convert(value, type, EpochUnit.MILLISECOND);
    }

    private static Object convert(Object value, DataType type, EpochUnit unit)
            throws MisfitException {
        return ValueConverter.orNull(ValueConverters.of(type.getLogicalType(), unit), value);
    }

    private static void assertMisfit(Object value, DataType type, String reason) {
        assertThatThrownBy(() -> convert(value, type))
                .isInstanceOf(MisfitException.class)
                .hasMessageContaining(reason);
    }
}
