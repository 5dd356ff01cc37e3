package io.millrace.cli.dlq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileStoreTest {
    private static final LetterFilter ALL = new LetterFilter(Instant.EPOCH, null, null);

    @TempDir private Path folder;

    /** Writes letters but for those of its set. */
    private static final class Fake implements Rewriter {
        final List<String> written = new ArrayList<>();
        final Set<String> failing = new HashSet<>();

        @Override
        public String write(Letter letter, boolean dryRun) throws LetterFailedException {
            if (failing.contains(letter.reason())) {
                throw new LetterFailedException("no", null);
            }
            if (!dryRun) {
                written.add(letter.reason());
            }
            return "there";
        }

        @Override
        public void close() {}
    }

    private final Fake rewriter = new Fake();

    private Path letters(String name, String... reasons) throws IOException {
        StringBuilder lines = new StringBuilder();
        int second = 0;
        for (String reason : reasons) {
            lines.append(
                    """
                    {"at":"2026-11-22T10:00:%02dZ","origin":"mqtt","reason":"%s","topic":"a/b"}
                    """
                            .formatted(second++, reason));
        }
        return Files.writeString(
                folder.resolve(name), lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private Replay replay(LetterFilter filter, long limit, boolean dryRun) throws Exception {
        Replay replay =
                new Replay(
                        filter,
                        limit,
                        dryRun,
                        Map.of("mqtt", rewriter),
                        (letter, where) -> {},
                        (letter, why) -> {});
        try (FileStore store = new FileStore(folder)) {
            replay.run(store);
        }
        return replay;
    }

    @Test
    void listsTheNewestByTime() throws Exception {
        letters("mqtt-0-20261122-100000-aaaaaaaa.jsonl", "a", "b", "c");
        letters("mqtt-1-20261122-090000-bbbbbbbb.jsonl", "A");
        Listing listing = new Listing(ALL, 2, false);

        listing.add(new FileStore(folder));

        assertThat(listing.letters()).extracting(Letter::reason).containsExactly("b", "c");
        assertThat(listing.summary()).isEqualTo("The newest 2 of 4 dead letters.");
    }

    @Test
    void choosesByTimeReasonAndOrigin() throws Exception {
        letters("x.jsonl", "Too long", "wrong", "too LONG again");
        Listing listing =
                new Listing(
                        new LetterFilter(Instant.parse("2026-11-22T10:00:01Z"), "too long", "mqtt"),
                        9,
                        false);

        listing.add(new FileStore(folder));

        assertThat(listing.letters()).extracting(Letter::reason).containsExactly("too LONG again");
    }

    @Test
    void replaysEachLetterOnce() throws Exception {
        letters("x.jsonl", "a", "b");
        rewriter.failing.add("a");

        Replay first = replay(ALL, 9, false);
        letters("x.jsonl", "c");
        rewriter.failing.clear();
        Replay second = replay(ALL, 9, false);
        Replay third = replay(ALL, 9, false);

        assertThat(rewriter.written).containsExactly("b", "a", "c");
        assertThat(first.summary()).isEqualTo("1 replayed, 1 failed and stay.");
        assertThat(first.hasFailures()).isTrue();
        assertThat(second.summary())
                .isEqualTo("2 replayed, 0 failed and stay; 1 were replayed before.");
        assertThat(third.summary())
                .isEqualTo("0 replayed, 0 failed and stay; 3 were replayed before.");
    }

    @Test
    void hidesReplayedLettersUnlessAskedForThem() throws Exception {
        letters("x.jsonl", "a", "b");
        replay(ALL, 1, false);
        Listing listing = new Listing(ALL, 9, false);
        Listing all = new Listing(ALL, 9, true);

        listing.add(new FileStore(folder));
        all.add(new FileStore(folder));

        assertThat(listing.letters()).extracting(Letter::reason).containsExactly("b");
        assertThat(listing.summary()).isEqualTo("1 dead letter; 1 more were replayed (--all).");
        assertThat(all.letters()).extracting(Letter::replayed).containsExactly(true, false);
    }

    @Test
    void leavesEverythingAloneInADryRun() throws Exception {
        letters("x.jsonl", "a");

        Replay dry = replay(ALL, 9, true);

        assertThat(dry.summary()).isEqualTo("1 would be replayed, 0 would fail.");
        assertThat(rewriter.written).isEmpty();
        assertThat(folder).isDirectoryNotContaining("glob:**.replayed");
    }

    @Test
    void leavesOutALineThatIsNotEndedAndOneThatIsNoLetter() throws Exception {
        Path file = letters("x.jsonl", "a");
        Files.writeString(file, "nonsense\n", StandardOpenOption.APPEND);
        letters("x.jsonl", "b");
        Files.writeString(
                file,
                "{\"at\":\"2026-11-22T10:00:00Z\",\"origin\":\"mqtt\",\"reason\":\"c\"}",
                StandardOpenOption.APPEND);

        replay(ALL, 9, false);

        assertThat(rewriter.written).containsExactly("a", "b");
    }

    @Test
    void doesNotReplayBesideAnotherReplay() throws Exception {
        letters("x.jsonl", "a", "b");
        try (FileStore other = new FileStore(folder)) {
            other.read(Instant.EPOCH, true, letter -> false);

            assertThatThrownBy(() -> replay(ALL, 9, false))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("Another replay is at work");
        }
        assertThat(rewriter.written).isEmpty();
    }
}
