package io.millrace.cli.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobLockTest {
    @TempDir private Path state;

    @Test
    void refusesASecondRunOfTheSameJobAndNamesTheFirst() throws IOException {
        JobFolder folder = JobFolder.of(state, "job");
        JobLock held = JobLock.acquire(folder, "job");
        try {
            assertThatThrownBy(() -> JobLock.acquire(folder, "job"))
                    .isInstanceOf(JobLockedException.class)
                    .hasMessageContaining("'job'")
                    .hasMessageContaining("process " + ProcessHandle.current().pid())
                    .hasMessageContaining("--name");
        } finally {
            held.close();
        }
    }

    @Test
    void canBeTakenAgainOnceReleased() throws IOException {
        JobFolder folder = JobFolder.of(state, "job");
        JobLock.acquire(folder, "job").close();
        JobLock.acquire(folder, "job").close();

        assertThat(folder.lock()).exists();
    }

    @Test
    void leavesOtherJobsAlone() throws IOException {
        JobLock one = JobLock.acquire(JobFolder.of(state, "one"), "one");
        JobLock two = JobLock.acquire(JobFolder.of(state, "two"), "two");

        one.close();
        two.close();
    }
}
