package io.millrace.functions.library;

import static io.millrace.functions.library.Refusal.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class CompressionTest {

    @Property(tries = 100)
    void unpacksWhatItPacks(@ForAll byte[] bytes) throws IOException {
        byte[] gzip = Compression.gzip(bytes);

        assertThat(Compression.gunzip(gzip)).isEqualTo(bytes);
        assertThat(new GZIPInputStream(new ByteArrayInputStream(gzip)).readAllBytes())
                .isEqualTo(bytes);
        assertThat(Compression.inflate("f", Compression.deflate(bytes, true), true))
                .isEqualTo(bytes);
        assertThat(Compression.inflate("f", Compression.deflate(bytes, false), false))
                .isEqualTo(bytes);
    }

    @Property(tries = 100)
    void refusesOtherBytesAsDamaged(@ForAll byte[] bytes) {
        assertThat(refusal(() -> Compression.gunzip(bytes))).isEqualTo("data_error");
    }

    @Test
    void refusesBytesThatEndTooEarly() {
        byte[] gzip = Compression.gzip("hello".getBytes());
        for (int length = 0; length < gzip.length; length++) {
            byte[] part = Arrays.copyOf(gzip, length);
            assertThat(refusal(() -> Compression.gunzip(part))).isEqualTo("data_error");
        }
        byte[] zlib = Compression.deflate("hello".getBytes(), false);
        for (int length = 0; length < zlib.length; length++) {
            byte[] part = Arrays.copyOf(zlib, length);
            assertThat(refusal(() -> Compression.inflate("f", part, false)))
                    .isEqualTo("data_error");
        }
    }

    @Test
    void refusesAWrongChecksum() {
        byte[] gzip = Compression.gzip("hello".getBytes());
        gzip[gzip.length - 5]++;

        assertThat(refusal(() -> Compression.gunzip(gzip))).isEqualTo("data_error");
    }

    @Test
    void readsHeadersWithAllParts() {
        byte[] named =
                HexFormat.of()
                        .parseHex(
                                "1f8b081e000000000003"
                                        + "0200aabb"
                                        + "6100"
                                        + "6200"
                                        + "0000"
                                        + "cb48cdc9c90700"
                                        + "86a61036"
                                        + "05000000");

        assertThat(Compression.gunzip(named)).asString().isEqualTo("hello");
    }

    @Test
    void joinsWhatIsBehindEachOther() {
        byte[] one = Compression.gzip("hello".getBytes());
        byte[] two = Arrays.copyOf(one, 2 * one.length);
        System.arraycopy(one, 0, two, one.length, one.length);

        assertThat(Compression.gunzip(two)).asString().isEqualTo("hellohello");
    }

    @Test
    void refusesToUnpackEnormously() {
        byte[] bomb = Compression.deflate(new byte[Compression.MOST_BYTES + 1], true);

        assertThat(refusal(() -> Compression.inflate("unzip", bomb, true)))
                .isEqualTo("system_limit");
    }
}
