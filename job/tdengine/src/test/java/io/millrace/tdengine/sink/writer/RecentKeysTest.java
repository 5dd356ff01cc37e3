package io.millrace.tdengine.sink.writer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class RecentKeysTest {
    private static final int CAPACITY = 8;

    /** Keys with few homes, so that they push each other aside. */
    @Property
    void knowsExactlyTheLastKeys(
            @ForAll @Size(max = 200) List<@IntRange(max = 24) Integer> numbers) {
        RecentKeys keys = new RecentKeys(CAPACITY);
        Deque<Long> expected = new ArrayDeque<>();
        for (int number : numbers) {
            long key = (long) (number % 5) << 32 | number;
            long stored = key == 0 ? 1 : key;
            boolean isNew = !expected.contains(stored);
            if (isNew) {
                expected.addLast(stored);
                if (expected.size() > CAPACITY) {
                    expected.removeFirst();
                }
            }

            assertThat(keys.add(key)).isEqualTo(isNew);
        }
    }
}
