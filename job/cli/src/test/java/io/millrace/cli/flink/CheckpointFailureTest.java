package io.millrace.cli.flink;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CheckpointFailureTest {
    private static final String FAILED =
            "\"failed\": {\"id\": 4, \"failure_timestamp\": 1000, \"failure_message\": \"No way.\"}";

    private static Optional<CheckpointFailure> in(String latest) throws IOException {
        return CheckpointFailure.in(
                new ObjectMapper().readTree("{\"latest\": {%s}}".formatted(latest)));
    }

    @Test
    void isTheNewestIfNoneHasSucceededSince() throws IOException {
        assertThat(in(FAILED + ", \"completed\": {\"id\": 3}"))
                .contains(new CheckpointFailure(Instant.ofEpochSecond(1), "No way"));
        assertThat(in(FAILED + ", \"completed\": null")).isPresent();
    }

    @Test
    void isOverWhenOneSucceeds() throws IOException {
        assertThat(in(FAILED + ", \"completed\": {\"id\": 5}")).isEmpty();
        assertThat(in("\"failed\": null, \"completed\": {\"id\": 5}")).isEmpty();
    }
}
