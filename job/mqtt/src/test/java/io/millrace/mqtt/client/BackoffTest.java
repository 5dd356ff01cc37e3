package io.millrace.mqtt.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class BackoffTest {
    @Property
    void doublesUpToItsBoundAndStaysInTheUpperHalf(@ForAll long seed) {
        Backoff backoff =
                new Backoff(Duration.ofMillis(100), Duration.ofMillis(1_000), new Random(seed));
        for (long bound : new long[] {100, 200, 400, 800, 1_000, 1_000}) {
            assertThat(backoff.nextMillis()).isBetween(bound / 2, bound);
        }
    }

    @Test
    void beginsAnewAfterAGoodConnection() {
        Backoff backoff =
                new Backoff(Duration.ofMillis(100), Duration.ofMillis(1_000), new Random(1));
        backoff.nextMillis();
        backoff.nextMillis();
        backoff.reset();

        assertThat(backoff.nextMillis()).isBetween(50L, 100L);
    }
}
