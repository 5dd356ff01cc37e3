package io.millrace.tdengine.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class WellKnownTextTest {

    private static byte[] binary(Consumer<ByteBuffer> writer) {
        ByteBuffer buffer = ByteBuffer.allocate(512).order(ByteOrder.LITTLE_ENDIAN);
        writer.accept(buffer);
        byte[] written = new byte[buffer.position()];
        buffer.flip().get(written);
        return written;
    }

    private static ByteBuffer head(ByteBuffer buffer, int kind) {
        return buffer.put((byte) 1).putInt(kind);
    }

    @Test
    void writesPointsWithEveryDigit() {
        assertThat(
                        WellKnownText.of(
                                HexFormat.of()
                                        .parseHex("0101000000369673d3adf9f13f0000000000000040")))
                .isEqualTo("POINT (1.123456789 2)");
        assertThat(WellKnownText.of(binary(b -> head(b, 1).putDouble(-0.5).putDouble(1e20))))
                .isEqualTo("POINT (-0.5 100000000000000000000)");
        assertThat(
                        WellKnownText.of(
                                binary(
                                        b ->
                                                head(b, 1)
                                                        .putDouble(Double.NaN)
                                                        .putDouble(Double.NaN))))
                .isEqualTo("POINT EMPTY");
    }

    @Test
    void writesBigEndianAndThreeDimensions() {
        byte[] big =
                ByteBuffer.allocate(29)
                        .put((byte) 0)
                        .putInt(1001)
                        .putDouble(1)
                        .putDouble(2)
                        .putDouble(3)
                        .array();
        assertThat(WellKnownText.of(big)).isEqualTo("POINT Z (1 2 3)");
    }

    @Test
    void writesNestedShapes() {
        byte[] polygon =
                binary(
                        b -> {
                            head(b, 3).putInt(1).putInt(3);
                            b.putDouble(0).putDouble(0).putDouble(1).putDouble(0);
                            b.putDouble(0).putDouble(0);
                        });
        assertThat(WellKnownText.of(polygon)).isEqualTo("POLYGON ((0 0, 1 0, 0 0))");
        byte[] points =
                binary(
                        b -> {
                            head(b, 4).putInt(2);
                            head(b, 1).putDouble(1).putDouble(2);
                            head(b, 1).putDouble(3).putDouble(4);
                        });
        assertThat(WellKnownText.of(points)).isEqualTo("MULTIPOINT ((1 2), (3 4))");
        byte[] collection =
                binary(
                        b -> {
                            head(b, 7).putInt(2);
                            head(b, 1).putDouble(1).putDouble(2);
                            head(b, 2).putInt(0);
                        });
        assertThat(WellKnownText.of(collection))
                .isEqualTo("GEOMETRYCOLLECTION (POINT (1 2), LINESTRING EMPTY)");
    }

    @Test
    void refusesWhatIsNoGeometry() {
        assertThatThrownBy(() -> WellKnownText.of(new byte[] {1, 9, 0, 0, 0}))
                .hasMessage("A geometry has the unknown kind 9.");
        assertThatThrownBy(() -> WellKnownText.of(new byte[] {1, 1, 0, 0, 0}))
                .hasMessage("A geometry is cut off.");
    }
}
