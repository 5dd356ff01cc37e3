package io.millrace.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class JobFailureTest {
    private static List<JobFailure> in(String entries) throws IOException {
        return JobFailure.in(
                new ObjectMapper()
                        .readTree("{\"exceptionHistory\": {\"entries\": [" + entries + "]}}"));
    }

    private static String entry(long at, String trace) {
        return "{\"timestamp\": %d, \"stacktrace\": \"%s\"}".formatted(at, trace);
    }

    @Test
    void sumsUpFailuresForOneCause() throws IOException {
        assertThat(
                        in(
                                entry(3, "a.B: no route to db")
                                        + ","
                                        + entry(2, "a.C: wrong password given")
                                        + ","
                                        + entry(1, "a.B: no route to db")))
                .containsExactly(
                        new JobFailure(
                                "no route to db",
                                Instant.ofEpochMilli(1),
                                Instant.ofEpochMilli(3),
                                2),
                        new JobFailure(
                                "wrong password given",
                                Instant.ofEpochMilli(2),
                                Instant.ofEpochMilli(2),
                                1));
    }

    @Test
    void leavesOutWhatOnlyFollowsAFailure() throws IOException {
        String aftermath = "x.Y: Task is not running, but in state FAILED";
        assertThat(in(entry(2, aftermath) + "," + entry(1, "a.B: no route to db")))
                .extracting(JobFailure::cause)
                .containsExactly("no route to db");
        assertThat(in(entry(2, aftermath))).hasSize(1);
    }
}
