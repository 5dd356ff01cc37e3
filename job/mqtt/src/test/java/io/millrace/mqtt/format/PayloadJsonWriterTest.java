package io.millrace.mqtt.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.apache.flink.table.api.DataTypes.ARRAY;
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
import static org.apache.flink.table.api.DataTypes.STRING;
import static org.apache.flink.table.api.DataTypes.TIME;
import static org.apache.flink.table.api.DataTypes.TIMESTAMP;
import static org.apache.flink.table.api.DataTypes.TIMESTAMP_LTZ;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.DataType;
import org.junit.jupiter.api.Test;

class PayloadJsonWriterTest {
    @Test
    void whatItWritesIsReadAsItWas() throws Exception {
        DataType type =
                ROW(
                        FIELD("flag", BOOLEAN()),
                        FIELD("n", INT()),
                        FIELD("f", FLOAT()),
                        FIELD("d", DOUBLE()),
                        FIELD("m", DECIMAL(10, 2)),
                        FIELD("s", STRING()),
                        FIELD("b", BYTES()),
                        FIELD("date", DATE()),
                        FIELD("time", TIME(3)),
                        FIELD("local", TIMESTAMP(6)),
                        FIELD("at", TIMESTAMP_LTZ(9)),
                        FIELD("list", ARRAY(INT())),
                        FIELD("inner", ROW(FIELD("x", DOUBLE()))),
                        FIELD("none", STRING()));
        GenericRowData row =
                GenericRowData.of(
                        true,
                        -7,
                        1.5f,
                        1e300,
                        DecimalData.fromBigDecimal(new BigDecimal("12345678.90"), 10, 2),
                        StringData.fromString("a \"quote\", ü, 😀\n"),
                        new byte[] {0, 1, -1},
                        20_000,
                        1_234,
                        TimestampData.fromLocalDateTime(
                                LocalDateTime.parse("2026-05-31T00:00:00.000001")),
                        TimestampData.fromInstant(Instant.parse("2026-05-31T23:59:00.123456789Z")),
                        new GenericArrayData(new Object[] {1, null, 3}),
                        GenericRowData.of(2.5),
                        null);

        assertThat(read(write(type, row), type)).containsExactly(row);
    }

    @Test
    void writesMembersInTheirOrder() throws Exception {
        DataType type = ROW(FIELD("b", INT()), FIELD("a", MAP(STRING(), INT())));
        byte[] json =
                write(
                        type,
                        GenericRowData.of(
                                1, new GenericMapData(Map.of(StringData.fromString("k"), 2))));

        assertThat(json).asString(UTF_8).isEqualTo("{\"b\":1,\"a\":{\"k\":2}}");
    }

    @Test
    void writesAValueThatIsNoRow() throws Exception {
        assertThat(write(DOUBLE(), GenericRowData.of(2.5))).asString(UTF_8).isEqualTo("2.5");
        assertThat(write(STRING(), GenericRowData.of(StringData.fromString("x"))))
                .asString(UTF_8)
                .isEqualTo("\"x\"");
    }

    @Test
    void numbersThatJsonDoesNotHaveBecomeNull() throws Exception {
        DataType type = ROW(FIELD("d", DOUBLE()), FIELD("f", FLOAT()));
        assertThat(write(type, GenericRowData.of(Double.NaN, Float.NEGATIVE_INFINITY)))
                .asString(UTF_8)
                .isEqualTo("{\"d\":null,\"f\":null}");
    }

    @Test
    void saysWhatItCannotWrite() {
        DataType type = ROW(FIELD("m", MAP(INT(), INT())));
        assertThatThrownBy(() -> new PayloadJsonWriter(type.getLogicalType()))
                .hasMessageContaining("cannot write 'm' of type MAP<INT, INT>");
    }

    private static byte[] write(DataType type, RowData row) throws Exception {
        PayloadJsonWriter writer = new PayloadJsonWriter(type.getLogicalType());
        writer.open(null);
        // The first call must leave nothing behind.
        writer.serialize(row);
        return writer.serialize(row);
    }

    private static List<Object> read(byte[] json, DataType type) throws Exception {
        List<Object> values = new ArrayList<>();
        new PayloadJson(type.getLogicalType()).read(json, values::add);
        return values;
    }
}
