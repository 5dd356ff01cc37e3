package io.millrace.devkit.tdengine.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class InOrderTest {
    @Test
    void runsOneTaskAfterTheOtherInTheOrderTheyCame() {
        Queue<Runnable> threads = new ArrayDeque<>();
        InOrder inOrder = new InOrder(threads::add);
        List<Integer> done = new ArrayList<>();
        inOrder.execute(
                () -> {
                    inOrder.execute(() -> done.add(3));
                    done.add(1);
                });
        inOrder.execute(() -> done.add(2));
        assertThat(threads).hasSize(1);

        threads.remove().run();
        assertThat(done).containsExactly(1, 2, 3);

        inOrder.execute(() -> done.add(4));
        threads.remove().run();
        assertThat(done).containsExactly(1, 2, 3, 4);
    }
}
