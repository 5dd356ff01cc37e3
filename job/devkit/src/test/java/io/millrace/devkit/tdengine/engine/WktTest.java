package io.millrace.devkit.tdengine.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WktTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POINT(1 2)|0101000000000000000000f03f0000000000000040",
                "LineString ( 1 2 , 3 4.5 )|010200000002000000000000000000f03f"
                        + "000000000000004000000000000008400000000000001240",
                "POLYGON EMPTY|010300000000000000"
            })
    void readsGeometries(String text, String hex) {
        assertThat(HexFormat.of().formatHex(Wkt.parse(text))).isEqualTo(hex);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POINT EMPTY",
                "POLYGON((0 0, 10 0, 10 10, 0 0), (1 1, 2 1, 2 2, 1 1))",
                "MULTIPOINT(1 2, 3 4)",
                "MULTIPOINT((1 2), (3 4))",
                "MULTILINESTRING((1 2, 3 4), (5 6, 7 8))",
                "MULTIPOLYGON(((0 0, 1 0, 1 1, 0 0)))",
                "GEOMETRYCOLLECTION(POINT(1 2), LINESTRING(1 2, 3 4))"
            })
    void makesWhatIsValid(String text) {
        assertThat(Wkb.isValid(Wkt.parse(text))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0101", "POINT(1 2", "POINT(1)", "POINT(1 2) x", "CIRCLE(1 2)"})
    void refusesAnythingElse(String text) {
        assertThatThrownBy(() -> Wkt.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesBytesThatAreNoGeometry() {
        byte[] point = Wkt.parse("POINT(1 2)");

        assertThat(Wkb.isValid(Arrays.copyOf(point, 20))).isFalse();
        assertThat(Wkb.isValid(Arrays.copyOf(point, 22))).isFalse();
        assertThat(Wkb.isValid(new byte[0])).isFalse();
        assertThat(Wkb.isValid("POINT(1 2)".getBytes(StandardCharsets.UTF_8))).isFalse();
    }
}
