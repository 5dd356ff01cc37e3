package io.millrace.tdengine.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.flink.table.data.GenericRowData;
import org.junit.jupiter.api.Test;

class ChunkBuilderTest {

    private static List<RowChunk> chunks(int size, int most, long... times) {
        ChunkBuilder builder = new ChunkBuilder(size, most, ScanSplit.NOTHING);
        List<RowChunk> chunks = new ArrayList<>();
        for (long time : times) {
            RowChunk chunk = builder.add(GenericRowData.of(time), time);
            if (chunk != null) {
                chunks.add(chunk);
            }
        }
        RowChunk last = builder.finish();
        if (last != null) {
            chunks.add(last);
        }
        return chunks;
    }

    @Test
    void cutsWhereTheTimeChanges() {
        assertThat(chunks(2, 100, 1, 2, 2, 2, 3))
                .extracting(chunk -> chunk.rows().size(), RowChunk::readTo)
                .containsExactly(tuple(4, 2L), tuple(1, 3L));
        assertThat(chunks(2, 100)).isEmpty();
    }

    @Test
    void doesNotPassATimeThatIsNotWhole() {
        assertThat(chunks(2, 3, 1, 2, 2, 2, 2, 3))
                .extracting(chunk -> chunk.rows().size(), RowChunk::readTo)
                .containsExactly(tuple(3, 1L), tuple(2, 2L), tuple(1, 3L));
    }

    @Property
    void aPositionCoversExactlyTheRowsBeforeIt(
            @ForAll @Size(max = 60) List<@IntRange(max = 3) Integer> steps,
            @ForAll @IntRange(min = 1, max = 9) int size) {
        long[] times = new long[steps.size()];
        long time = 0;
        for (int i = 0; i < times.length; i++) {
            time += steps.get(i) / 2;
            times[i] = time;
        }
        int handedOver = 0;
        for (RowChunk chunk : chunks(size, 1_000, times)) {
            handedOver += chunk.rows().size();
            long covered = 0;
            for (long each : times) {
                covered += each <= chunk.readTo() ? 1 : 0;
            }
            assertThat(covered).isEqualTo(handedOver);
        }
        assertThat(handedOver).isEqualTo(times.length);
    }
}
