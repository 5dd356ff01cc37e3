package io.millrace.mqtt.source.journal;

import static io.millrace.mqtt.source.journal.JournalMessages.message;
import static io.millrace.mqtt.source.journal.JournalMessages.positions;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An attempt that Flink takes for dead and its successor, one of them at each point of what the
 * other does: what was acknowledged is always replayed.
 */
class FencingTest {
    @TempDir Path folder;

    @Test
    void theOlderAttemptWritesAtEachPointOfTheNewerOnesOpening() throws Exception {
        int points = 0;
        for (boolean done = false; !done; points++) {
            JournalStorage storage = new LocalStorage(folder.resolve("point" + points));
            List<Long> acknowledged = new ArrayList<>();
            try (Journal older = open(storage)) {
                write(older, acknowledged);
                Countdown countdown = new Countdown(points, () -> write(older, acknowledged));
                try (Journal newer = open(new HookedStorage(storage, countdown))) {
                    done = !countdown.over;
                    List<Long> replayed = positions(newer);
                    assertThat(replayed).as("point %d", points).containsAll(acknowledged);
                    // And what they both do afterwards is kept apart.
                    write(older, acknowledged);
                    write(newer, acknowledged);
                    assertThat(acknowledged).doesNotHaveDuplicates();
                }
            }
            try (Journal third = open(storage)) {
                assertThat(positions(third)).containsAll(acknowledged).doesNotHaveDuplicates();
            }
        }
        assertThat(points).isGreaterThan(5);
    }

    @Test
    void theNewerAttemptComesAtEachPointOfTheOlderOnesWriting() throws Exception {
        int points = 0;
        for (boolean done = false; !done; points++) {
            JournalStorage storage = new LocalStorage(folder.resolve("point" + points));
            List<Long> acknowledged = new ArrayList<>();
            List<Journal> newer = new ArrayList<>();
            Countdown countdown = new Countdown(Integer.MAX_VALUE, () -> newer.add(open(storage)));
            try (Journal older = open(new HookedStorage(storage, countdown))) {
                write(older, acknowledged);
                countdown.left = points;
                write(older, acknowledged);
                done = !countdown.over;
                countdown.left = Integer.MAX_VALUE;
            }
            if (done) {
                newer.add(open(storage));
            }
            assertThat(positions(newer.get(0))).as("point %d", points).containsAll(acknowledged);
            newer.get(0).close();
        }
        assertThat(points).isGreaterThan(3);
    }

    /** Writes a message, and notes its position if it may be acknowledged. */
    private static void write(Journal journal, List<Long> acknowledged) throws IOException {
        long position = journal.append(message("x")).position();
        try {
            journal.commit();
            acknowledged.add(position);
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("another attempt");
        }
    }

    private static Journal open(JournalStorage storage) throws IOException {
        return Journal.open(storage, InstantSource.system(), Duration.ofDays(1), Long.MAX_VALUE, 0);
    }

    /** Does something at one of the calls. */
    private static final class Countdown implements HookedStorage.Hook {
        private final HookedStorage.Hook hook;
        private int left;
        private boolean over;

        Countdown(int left, HookedStorage.Hook hook) {
            this.left = left;
            this.hook = hook;
        }

        @Override
        public void run() throws IOException {
            if (left-- == 0) {
                over = true;
                hook.run();
            }
        }
    }
}
