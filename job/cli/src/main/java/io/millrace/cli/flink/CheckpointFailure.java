package io.millrace.cli.flink;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;

/**
 * That checkpoints fail, and none has succeeded since.
 *
 * @param at when the newest of them failed
 * @param cause Flink's words for it; what is behind them is in Flink's log
 */
public record CheckpointFailure(Instant at, String cause) {
    /** What an answer to {@code /jobs/ID/checkpoints} says; empty if the newest has succeeded. */
    public static Optional<CheckpointFailure> in(JsonNode answer) {
        JsonNode failed = answer.path("latest").path("failed");
        JsonNode completed = answer.path("latest").path("completed");
        if (!failed.has("id") || failed.path("id").asLong() < completed.path("id").asLong(-1)) {
            return Optional.empty();
        }
        return Optional.of(
                new CheckpointFailure(
                        Instant.ofEpochMilli(failed.path("failure_timestamp").asLong()),
                        failed.path("failure_message")
                                .asText("Flink does not say why")
                                .replaceFirst("\\.$", "")));
    }
}
