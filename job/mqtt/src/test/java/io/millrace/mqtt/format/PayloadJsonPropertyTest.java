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
import static org.apache.flink.table.api.DataTypes.STRING;
import static org.apache.flink.table.api.DataTypes.TIMESTAMP_LTZ;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.DataType;

class PayloadJsonPropertyTest {
    private static final List<DataType> TYPES =
            List.of(
                    DOUBLE(),
                    FLOAT(),
                    INT(),
                    BIGINT(),
                    BOOLEAN(),
                    STRING(),
                    BYTES(),
                    DATE(),
                    TIMESTAMP_LTZ(3),
                    DECIMAL(10, 3),
                    ARRAY(INT()),
                    MAP(STRING(), DOUBLE()),
                    ROW(FIELD("a", DOUBLE()), FIELD("b", STRING())),
                    ROW(FIELD("a", ARRAY(ROW(FIELD("b", INT()))))));

    @Property
    void anyBytesAreReadOrRefusedWithTheOneException(@ForAll @Size(max = 60) byte[] payload) {
        readWithAllTypes(payload);
    }

    /** Text that looks like JSON more often than any bytes do. */
    @Provide
    Arbitrary<String> nearlyJson() {
        return Arbitraries.of(
                        "{",
                        "}",
                        "[",
                        "]",
                        ",",
                        ":",
                        "\"a\"",
                        "\"b\"",
                        "\"\"",
                        "1",
                        "-2.5",
                        "1e9",
                        "null",
                        "true",
                        " ",
                        "\"2026-05-31\"",
                        "\"AQ==\"",
                        "\\",
                        "\"")
                .list()
                .ofMaxSize(20)
                .map(parts -> String.join("", parts));
    }

    @Property
    void nearlyJsonIsReadOrRefusedWithTheOneException(@ForAll("nearlyJson") String payload) {
        readWithAllTypes(payload.getBytes(UTF_8));
    }

    @Property
    void readsWhatAWriterWrote(
            @ForAll long number, @ForAll double fraction, @ForAll String text, @ForAll boolean flag)
            throws IOException {
        DataType type =
                ROW(
                        FIELD("n", BIGINT()),
                        FIELD("d", DOUBLE()),
                        FIELD("s", STRING()),
                        FIELD("b", BOOLEAN()),
                        FIELD("m", DECIMAL(38, 0)));
        StringWriter json = new StringWriter();
        try (JsonGenerator out = new JsonFactory().createGenerator(json)) {
            out.writeStartObject();
            out.writeNumberField("n", number);
            out.writeNumberField("d", fraction);
            out.writeStringField("unknown", text);
            out.writeStringField("s", text);
            out.writeBooleanField("b", flag);
            out.writeStringField("m", String.valueOf(number));
            out.writeEndObject();
        }
        List<Object> values = new ArrayList<>();
        byte[] payload = json.toString().getBytes(UTF_8);
        new PayloadJson(type.getLogicalType()).read(payload, values::add);

        assertThat(values)
                .containsExactly(
                        GenericRowData.of(
                                number,
                                fraction,
                                // A lone surrogate cannot be written in UTF-8.
                                StringData.fromString(new String(text.getBytes(UTF_8), UTF_8)),
                                flag,
                                DecimalData.fromBigDecimal(BigDecimal.valueOf(number), 38, 0)));
    }

    @Property
    void aDecimalNumberIsWhatBigDecimalReads(@ForAll("nearlyNumber") String text) {
        if (NumberReaders.isDecimalNumber(text)) {
            assertThat(new BigDecimal(text)).isNotNull();
        }
    }

    @Provide
    Arbitrary<String> nearlyNumber() {
        return Arbitraries.strings().withChars("0123456789+-.eE x").ofMaxLength(8);
    }

    private static void readWithAllTypes(byte[] payload) {
        for (DataType type : TYPES) {
            List<Object> values = new ArrayList<>();
            try {
                new PayloadJson(type.getLogicalType()).read(payload, values::add);
            } catch (PayloadException e) {
                assertThat(values).isEmpty();
                assertThat(e.getMessage()).isNotBlank();
            }
        }
    }
}
