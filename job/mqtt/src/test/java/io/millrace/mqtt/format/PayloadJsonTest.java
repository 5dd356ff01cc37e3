package io.millrace.mqtt.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.apache.flink.table.api.DataTypes.ARRAY;
import static org.apache.flink.table.api.DataTypes.BIGINT;
import static org.apache.flink.table.api.DataTypes.BOOLEAN;
import static org.apache.flink.table.api.DataTypes.BYTES;
import static org.apache.flink.table.api.DataTypes.DATE;
import static org.apache.flink.table.api.DataTypes.DECIMAL;
import static org.apache.flink.table.api.DataTypes.DOUBLE;
import static org.apache.flink.table.api.DataTypes.FIELD;
import static org.apache.flink.table.api.DataTypes.FLOAT;
import static org.apache.flink.table.api.DataTypes.INT;
import static org.apache.flink.table.api.DataTypes.MAP;
import static org.apache.flink.table.api.DataTypes.ROW;
import static org.apache.flink.table.api.DataTypes.SMALLINT;
import static org.apache.flink.table.api.DataTypes.STRING;
import static org.apache.flink.table.api.DataTypes.TIME;
import static org.apache.flink.table.api.DataTypes.TIMESTAMP;
import static org.apache.flink.table.api.DataTypes.TIMESTAMP_LTZ;
import static org.apache.flink.table.api.DataTypes.TINYINT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.DataType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadJsonTest {
    private static final DataType TEMP = ROW(FIELD("temp", DOUBLE()));

    @Test
    void readsDeclaredMembersOnly() throws Exception {
        DataType type = ROW(FIELD("temp", DOUBLE()), FIELD("hum", INT()), FIELD("id", STRING()));

        assertThat(read(type, "{'other':{'temp':[1,{'a':2}]},'hum':40,'temp':21.5,'more':'x'}"))
                .containsExactly(GenericRowData.of(21.5, 40, null));
    }

    @Test
    void missingAndNullMembersAreNull() throws Exception {
        assertThat(read(TEMP, "{}")).containsExactly(GenericRowData.of((Object) null));
        assertThat(read(TEMP, "{'temp':null}")).containsExactly(GenericRowData.of((Object) null));
        assertThat(read(TEMP, "null")).containsExactly((Object) null);
    }

    @Test
    void theLastOfEqualMembersCounts() throws Exception {
        assertThat(read(TEMP, "{'temp':1,'temp':2}")).containsExactly(GenericRowData.of(2.0));
    }

    @Test
    void aMemberThatMayNotBeNullMustBeThere() {
        DataType type = ROW(FIELD("a", ROW(FIELD("b", INT().notNull()))));

        assertFails(type, "{'a':{}}", "Member 'a.b' is missing, and its type is INT NOT NULL.");
        assertFails(type, "{'a':{'b':null}}", "Member 'a.b' is null, which is no INT NOT NULL.");
    }

    @Test
    void nestedRowsArraysAndMaps() throws Exception {
        DataType type =
                ROW(
                        FIELD("r", ROW(FIELD("x", INT()))),
                        FIELD("a", ARRAY(ROW(FIELD("y", STRING())))),
                        FIELD("m", MAP(STRING(), DOUBLE())));

        assertThat(read(type, "{'r':{'x':1},'a':[{'y':'p'},null,{}],'m':{'k':1.5,'n':null}}"))
                .containsExactly(
                        GenericRowData.of(
                                GenericRowData.of(1),
                                new GenericArrayData(
                                        new Object[] {
                                            GenericRowData.of(text("p")),
                                            null,
                                            GenericRowData.of((Object) null)
                                        }),
                                new GenericMapData(map(text("k"), 1.5, text("n"), null))));
    }

    @Test
    void payloadsThatAreNoRows() throws Exception {
        assertThat(read(DOUBLE(), " 21.5\n")).containsExactly(21.5);
        assertThat(read(STRING(), "'on'")).containsExactly(text("on"));
        assertThat(read(BOOLEAN(), "true")).containsExactly(true);
        assertThat(read(ARRAY(INT()), "[1,2]"))
                .containsExactly(new GenericArrayData(new Object[] {1, 2}));
        assertThat(read(MAP(STRING(), INT()), "{'a':1}"))
                .containsExactly(new GenericMapData(map(text("a"), 1)));
    }

    @Test
    void aTopLevelArrayIsOneValuePerElementAllOrNothing() throws Exception {
        assertThat(read(TEMP, "[{'temp':1},{'temp':2}]"))
                .containsExactly(GenericRowData.of(1.0), GenericRowData.of(2.0));
        assertThat(read(DOUBLE(), "[1,2]")).containsExactly(1.0, 2.0);
        assertThat(read(TEMP, "[]")).isEmpty();
        assertFails(
                TEMP,
                "[{'temp':1},{'temp':'x'}]",
                "Member '[1].temp' is \"x\", which is no DOUBLE.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"21.5", "'21.5'", "'+21.5'", "2.15e1", "'215E-1'", "'0021.50'"})
    void numbersAndTextThatIsWhollyANumber(String value) throws Exception {
        assertThat(read(DOUBLE(), value)).containsExactly(21.5);
        assertThat(read(FLOAT(), value)).containsExactly(21.5f);
        assertThat(read(DECIMAL(5, 2), value))
                .containsExactly(DecimalData.fromBigDecimal(new BigDecimal("21.50"), 5, 2));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'hot'",
                "''",
                "' 1'",
                "'1 '",
                "'NaN'",
                "'Infinity'",
                "'0x10'",
                "'1f'",
                "'1e'",
                "'.5'",
                "'5.'",
                "'--1'",
                "true",
                "{}",
                "'٣'"
            })
    void whatIsNoNumberIsRefused(String value) {
        for (DataType type : List.of(DOUBLE(), FLOAT(), INT(), BIGINT(), DECIMAL(5, 2))) {
            assertThatThrownBy(() -> read(ROW(FIELD("v", type)), "{'v':" + value + "}"))
                    .isInstanceOf(PayloadException.class)
                    .hasMessageStartingWith("Member 'v' is ")
                    .hasMessageContaining(", which is no ");
        }
    }

    @Test
    void wholeNumbersInAnyForm() throws Exception {
        assertThat(read(TINYINT(), "-128")).containsExactly((byte) -128);
        assertThat(read(SMALLINT(), "'32767'")).containsExactly((short) 32767);
        assertThat(read(INT(), "20.0")).containsExactly(20);
        assertThat(read(INT(), "2e3")).containsExactly(2_000);
        assertThat(read(INT(), "0e999999999")).containsExactly(0);
        assertThat(read(BIGINT(), "9223372036854775807")).containsExactly(Long.MAX_VALUE);
        assertThat(read(BIGINT(), "'-9223372036854775808'")).containsExactly(Long.MIN_VALUE);
    }

    @ParameterizedTest
    @CsvSource({
        "TINYINT, 128",
        "TINYINT, -129",
        "SMALLINT, 32768",
        "INT, 2147483648",
        "INT, 1e10",
        "BIGINT, 9223372036854775808",
        "BIGINT, 1e999999999",
        "BIGINT, 1e99999999999",
        "FLOAT, 1e39",
        "DOUBLE, 1e400",
        "'DECIMAL(5, 2)', 1000",
        "'DECIMAL(5, 2)', 999.999",
        "'DECIMAL(5, 2)', 1e999999999"
    })
    void whatIsOutOfRangeIsRefused(String type, String value) {
        assertFails(
                ROW(FIELD("v", byName(type))),
                "{'v':" + value + "}",
                "Member 'v' is " + value + ", which is out of the range of " + type + ".");
    }

    @Test
    void aFractionIsNoWholeNumber() {
        assertFails(INT(), "1.5", "The payload is 1.5, which is no INT: it has a fraction.");
        assertFails(
                BIGINT(),
                "1e-999999999",
                "The payload is 1e-999999999, which is no BIGINT: it has a fraction.");
    }

    @Test
    void decimalsAreRoundedToTheirScale() throws Exception {
        assertThat(read(DECIMAL(5, 2), "1.005"))
                .containsExactly(DecimalData.fromBigDecimal(new BigDecimal("1.01"), 5, 2));
        assertThat(read(DECIMAL(5, 2), "1e-999999999"))
                .containsExactly(DecimalData.fromBigDecimal(new BigDecimal("0.00"), 5, 2));
    }

    @Test
    void textTakesEverythingAsItIsWritten() throws Exception {
        DataType type = ROW(FIELD("v", STRING()));
        assertThat(read(type, "{'v':'a\\u00e9\\n'}"))
                .containsExactly(GenericRowData.of(text("aé\n")));
        assertThat(read(type, "{'v':1.50}")).containsExactly(GenericRowData.of(text("1.50")));
        assertThat(read(type, "{'v':false}")).containsExactly(GenericRowData.of(text("false")));
        assertThat(read(type, "{'v':{ 'a' : [ 1.0, null, 'x' ], 'b':{} }}"))
                .containsExactly(GenericRowData.of(text("{\"a\":[1.0,null,\"x\"],\"b\":{}}")));
    }

    @Test
    void booleansAreTrueOrFalseOnly() {
        assertFails(BOOLEAN(), "'true'", "The payload is \"true\", which is no BOOLEAN.");
        assertFails(BOOLEAN(), "1", "The payload is 1, which is no BOOLEAN.");
    }

    @Test
    void bytesComeFromBase64() throws Exception {
        assertThat((byte[]) read(BYTES(), "'AQI='").get(0)).containsExactly(1, 2);
        assertFails(BYTES(), "'A?'", "The payload is \"A?\", which is no BYTES (Base64).");
    }

    @Test
    void datesAndTimesComeFromIsoText() throws Exception {
        assertThat(read(DATE(), "'2026-05-31'"))
                .containsExactly((int) LocalDate.of(2026, 5, 31).toEpochDay());
        assertThat(read(TIME(3), "'00:00:01.5009'")).containsExactly(1_500);
        assertThat(read(TIMESTAMP(3), "'2026-05-31 12:00:00.123456'"))
                .containsExactly(
                        TimestampData.fromLocalDateTime(
                                LocalDateTime.parse("2026-05-31T12:00:00.123")));
        for (String same :
                List.of(
                        "'2026-05-31T12:00:00.123456789Z'",
                        "'2026-05-31t12:00:00.123456789z'",
                        "'2026-05-31 14:00:00.123456789+02:00'")) {
            assertThat(read(TIMESTAMP_LTZ(9), same))
                    .containsExactly(
                            TimestampData.fromInstant(
                                    Instant.parse("2026-05-31T12:00:00.123456789Z")));
        }
    }

    @Test
    void timesWhoseMeaningWouldBeAGuessAreRefused() {
        assertThatThrownBy(() -> read(TIMESTAMP_LTZ(3), "1780228800000"))
                .hasMessageStartingWith(
                        "The payload is 1780228800000, which is no TIMESTAMP_LTZ(3) (text such as");
        assertThatThrownBy(() -> read(TIMESTAMP_LTZ(3), "'2026-05-31T12:00:00'"))
                .hasMessageContaining("with an offset");
        assertThatThrownBy(() -> read(TIMESTAMP(3), "'2026-05-31T12:00:00Z'"))
                .hasMessageContaining("wants TIMESTAMP_LTZ");
        assertThatThrownBy(() -> read(DATE(), "'2026-02-30'")).isInstanceOf(PayloadException.class);
    }

    @Test
    void theWrongKindOfContainerIsRefused() {
        assertFails(TEMP, "5", "The payload is 5, which is no object (ROW).");
        assertFails(TEMP, "{'temp':{}}", "Member 'temp' is an object, which is no DOUBLE.");
        assertFails(TEMP, "{'temp':[1]}", "Member 'temp' is an array, which is no DOUBLE.");
        assertFails(
                ROW(FIELD("a", ARRAY(ROW(FIELD("b", INT()))))),
                "{'a':[{'b':1},{'b':'x'}]}",
                "Member 'a[1].b' is \"x\", which is no INT.");
        assertFails(
                ROW(FIELD("m", MAP(STRING(), INT()))),
                "{'m':{'k':{}}}",
                "Member 'm.k' is an object, which is no INT.");
    }

    @Test
    void aLongValueIsShortened() {
        assertThatThrownBy(() -> read(DOUBLE(), "'" + "x".repeat(1_000) + "'"))
                .hasMessage("The payload is \"" + "x".repeat(60) + "…\", which is no DOUBLE.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                 | The payload is empty",
                "'  '               | The payload holds nothing but blanks",
                "hello              | The payload is no valid JSON at byte",
                "{'temp':1          | The payload is no valid JSON at byte",
                "{'temp':1}}        | The payload goes on behind its JSON value, which ends at byte 10.",
                "{'temp':1} x       | The payload goes on behind its JSON value, which ends at byte 10.",
                "{'temp':1}{'temp':2} | The payload goes on behind its JSON value, which ends at byte 10.",
                "{'temp':01}        | The payload is no valid JSON",
                "{'temp':NaN}       | The payload is no valid JSON",
                "[{'temp':1}        | The payload is no valid JSON",
                "{temp:1}           | The payload is no valid JSON"
            })
    void whatIsNoJsonIsRefusedWithAReason(String payload, String reason) {
        assertThatThrownBy(() -> read(TEMP, payload))
                .isInstanceOf(PayloadException.class)
                .hasMessageStartingWith(reason);
    }

    @Test
    void deepNestingIsRefusedEvenWhereNothingIsDeclared() {
        String deep = "{'x':" + "[".repeat(2_000) + "]".repeat(2_000) + "}";

        assertThatThrownBy(() -> read(TEMP, deep))
                .isInstanceOf(PayloadException.class)
                .hasMessageContaining("depth");
        assertThatThrownBy(() -> read(TEMP, "[".repeat(100_000)))
                .isInstanceOf(PayloadException.class);
    }

    @Test
    void aTypeThatNoJsonValueHasIsRefusedWithItsPlace() {
        assertThatThrownBy(
                        () -> new PayloadJson(ROW(FIELD("a", MAP(INT(), INT()))).getLogicalType()))
                .hasMessageContaining("'a'")
                .hasMessageContaining("MAP<STRING");
        assertThatThrownBy(
                        () ->
                                new PayloadJson(
                                        ROW(FIELD("i", DataTypes.INTERVAL(DataTypes.DAY())))
                                                .getLogicalType()))
                .hasMessageContaining("'i'");
    }

    private static DataType byName(String name) {
        return switch (name) {
            case "TINYINT" -> TINYINT();
            case "SMALLINT" -> SMALLINT();
            case "INT" -> INT();
            case "BIGINT" -> BIGINT();
            case "FLOAT" -> FLOAT();
            case "DOUBLE" -> DOUBLE();
            default -> DECIMAL(5, 2);
        };
    }

    private static StringData text(String text) {
        return StringData.fromString(text);
    }

    private static Map<Object, Object> map(Object... keysAndValues) {
        Map<Object, Object> map = new HashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return Collections.unmodifiableMap(map);
    }

    private static void assertFails(DataType type, String payload, String message) {
        assertThatThrownBy(() -> read(type, payload))
                .isInstanceOf(PayloadException.class)
                .hasMessage(message);
    }

    /** Reads a payload that is written with single quotes. */
    private static List<Object> read(DataType type, String payload) throws PayloadException {
        List<Object> values = new ArrayList<>();
        new PayloadJson(type.getLogicalType())
                .read(payload.replace('\'', '"').getBytes(UTF_8), values::add);
        return values;
    }
}
