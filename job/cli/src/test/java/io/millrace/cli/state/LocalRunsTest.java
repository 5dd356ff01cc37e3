package io.millrace.cli.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalRunsTest {
    @TempDir private Path state;

    private LocalRun run(String job, long pid, Instant started) throws IOException {
        JobFolder folder = JobFolder.of(state, job);
        Files.createDirectories(folder.root());
        LocalRun run =
                new LocalRun(
                        job,
                        "0a",
                        URI.create("http://127.0.0.1:1"),
                        pid,
                        started,
                        List.of(Path.of("/r/a.sql")),
                        folder);
        run.write();
        return run;
    }

    @Test
    void findsRunsWhoseProcessesAreAlive() throws IOException {
        LocalRun plant = run("Plant 7", ProcessHandle.current().pid(), Instant.now());
        assertThat(LocalRuns.below(state)).containsExactly(plant);
    }

    @Test
    void doesNotBelieveAProcessThatWasKilled() throws IOException {
        run("killed", Long.MAX_VALUE, Instant.now());
        assertThat(LocalRuns.below(state)).isEmpty();
    }

    @Test
    void doesNotTakeAYoungerProcessOfTheSameNumberForTheRun() throws IOException {
        run("older", ProcessHandle.current().pid(), Instant.EPOCH);
        assertThat(LocalRuns.below(state)).isEmpty();
    }

    @Test
    void takesNoHarmFromOtherFiles() throws IOException {
        Files.writeString(state.resolve("note.txt"), "");
        JobFolder folder = JobFolder.of(state, "odd");
        Files.createDirectories(folder.root());
        Files.writeString(folder.running(), "{");
        assertThat(LocalRuns.below(state)).isEmpty();
        assertThat(LocalRuns.below(state.resolve("none"))).isEmpty();
    }
}
