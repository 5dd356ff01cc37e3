package io.millrace.functions.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.functions.value.Bits;
import io.millrace.functions.value.Bytes;
import io.millrace.functions.value.FunctionException;
import io.millrace.functions.value.JsonNull;
import io.millrace.functions.value.Symbol;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.DataType;
import org.apache.flink.types.variant.Variant;
import org.junit.jupiter.api.Test;

class ConversionTest {
    private static final BigInteger BEYOND = BigInteger.ONE.shiftLeft(64);

    @Property
    void aVariantHoldsEveryJson(@ForAll("json") Object value) {
        Object data = ValueWriters.of(DataTypes.VARIANT().getLogicalType()).write(value);
        Object back = data == null ? JsonNull.NULL : read(DataTypes.VARIANT(), data);
        assertThat(back).isEqualTo(value);
    }

    @Provide
    Arbitrary<Object> json() {
        Arbitrary<Object> scalar =
                Arbitraries.oneOf(
                        Arbitraries.longs().map(x -> x),
                        Arbitraries.doubles().map(x -> x),
                        Arbitraries.strings().ofMaxLength(5).map(x -> x),
                        Arbitraries.of(true, false, JsonNull.NULL, BEYOND, BEYOND.negate()));
        return Arbitraries.lazyOf(
                () -> scalar,
                () -> json().list().ofMaxSize(3).map(x -> x),
                () ->
                        Arbitraries.maps(Arbitraries.strings().ofMaxLength(3), json())
                                .ofMaxSize(3)
                                .map(x -> x));
    }

    @Test
    void readsWholeNumbersOfAnySize() {
        assertThat(read(DataTypes.TINYINT(), (byte) -3)).isEqualTo(-3L);
        assertThat(read(DataTypes.DECIMAL(18, 0), decimal("-3", 18, 0))).isEqualTo(-3L);
        assertThat(read(DataTypes.DECIMAL(38, 0), decimal("3", 38, 0))).isEqualTo(3L);
        assertThat(read(DataTypes.DECIMAL(38, 0), decimal(BEYOND.toString(), 38, 0)))
                .isEqualTo(BEYOND);
        assertThat(read(DataTypes.DECIMAL(3, 1), decimal("3", 3, 1))).isEqualTo(3.0);
    }

    @Test
    void readsAFloatAsItIsWritten() {
        assertThat(read(DataTypes.FLOAT(), 2.1f)).isEqualTo(2.1);
    }

    @Test
    void hasNoValueForWhatIsNoNumber() {
        assertRefused(() -> read(DataTypes.DOUBLE(), Double.NaN), "is NaN");
        assertRefused(() -> read(DataTypes.FLOAT(), Float.NEGATIVE_INFINITY), "is -Infinity");
    }

    @Test
    void bytesAreTextIfTheyCanBe() {
        assertThat(read(DataTypes.BYTES(), new byte[] {'a'})).isEqualTo("a");
        byte[] noText = {(byte) 0xff};
        assertThat(read(DataTypes.BYTES(), noText)).isEqualTo(Bytes.value(noText));
    }

    @Test
    void aNullInsideIsWhatTheFunctionWants() {
        DataType type = DataTypes.ARRAY(DataTypes.INT());
        Object data = new GenericArrayData(new Object[] {1, null});
        assertThat(read(type, data)).isEqualTo(List.of(1L, JsonNull.NULL));
        assertThat(new ValueReaders(null).of(type.getLogicalType()).read(data))
                .isEqualTo(Arrays.asList(1L, null));
    }

    @Test
    void aRowIsAMapOfItsFields() {
        DataType type =
                DataTypes.ROW(
                        DataTypes.FIELD("b", DataTypes.STRING()),
                        DataTypes.FIELD("a", DataTypes.BOOLEAN()));
        Object data = GenericRowData.of(StringData.fromString("x"), true);
        Map<String, Object> expected = new LinkedHashMap<>();
        expected.put("b", "x");
        expected.put("a", true);
        assertThat(read(type, data)).isEqualTo(expected);
        assertThat(write(type, expected)).isEqualTo(data);
    }

    @Test
    void writesNullForEitherNull() {
        assertThat(write(DataTypes.BIGINT(), null)).isNull();
        assertThat(write(DataTypes.STRING(), JsonNull.NULL)).isNull();
        assertThat(write(DataTypes.ARRAY(DataTypes.INT()), Arrays.asList(1L, null)))
                .isEqualTo(new GenericArrayData(new Object[] {1, null}));
    }

    @Test
    void refusesWhatATypeCannotHold() {
        assertRefused(
                () -> write(DataTypes.BIGINT(), BEYOND),
                "The answer 18446744073709551616 is too large for BIGINT.");
        assertRefused(() -> write(DataTypes.TINYINT(), 128L), "128 is too large for TINYINT");
        assertRefused(
                () -> write(DataTypes.DECIMAL(3, 0), 1000L), "1000 is too large for DECIMAL(3, 0)");
        assertRefused(
                () -> write(DataTypes.BIGINT(), "x"), "The answer 'x' is no value of BIGINT.");
        assertRefused(() -> write(DataTypes.BOOLEAN(), 1L), "1 is no value of BOOLEAN");
        assertRefused(
                () -> write(DataTypes.STRING(), Bytes.value(new byte[] {-1})),
                "bytes that are no UTF-8");
        assertRefused(() -> write(DataTypes.BYTES(), Bits.value(new byte[] {-128}, 3)), "of BYTES");
        assertRefused(() -> write(DataTypes.VARIANT(), BEYOND.pow(4)), "is too large for VARIANT");
        assertRefused(
                () -> write(DataTypes.VARIANT(), Bits.value(new byte[] {-128}, 3)), "of VARIANT");
    }

    @Test
    void writesSymbolsAsText() {
        assertThat(write(DataTypes.STRING(), new Symbol("a")))
                .isEqualTo(StringData.fromString("a"));
        assertThat(((Variant) write(DataTypes.VARIANT(), new Symbol("a"))).getString())
                .isEqualTo("a");
    }

    @Test
    void isBoundedInDepth() {
        Object deep = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            deep = List.of(deep);
        }
        Object value = deep;
        assertRefused(() -> write(DataTypes.VARIANT(), value), "levels deep");
    }

    @Test
    void readsTimesInAVariantAsText() {
        Variant time = Variant.newBuilder().of(java.time.LocalDate.of(2024, 2, 29));
        assertThat(read(DataTypes.VARIANT(), time)).isEqualTo("2024-02-29");
    }

    private static Object read(DataType type, Object data) {
        return new ValueReaders(JsonNull.NULL).of(type.getLogicalType()).read(data);
    }

    private static Object write(DataType type, Object value) {
        return ValueWriters.of(type.getLogicalType()).write(value);
    }

    private static DecimalData decimal(String number, int precision, int scale) {
        return DecimalData.fromBigDecimal(new BigDecimal(number), precision, scale);
    }

    private static void assertRefused(
            org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String message) {
        assertThatThrownBy(call)
                .isInstanceOf(FunctionException.class)
                .hasMessageContaining(message);
    }
}
