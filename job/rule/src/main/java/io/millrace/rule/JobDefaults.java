package io.millrace.rule;

import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;

/** Flink's options for jobs that read brokers and write TDengine, wherever they run. Stateless. */
public final class JobDefaults {
    /** Un-acknowledged messages wait for a checkpoint, so this bounds what a broker has to hold. */
    public static final Duration CHECKPOINT_INTERVAL = Duration.ofMillis(200);

    private JobDefaults() {}

    /** Sets them all. */
    public static void addTo(Configuration all) {
        all.set(PipelineOptions.OBJECT_REUSE, true);
        all.set(RestartStrategyOptions.RESTART_STRATEGY, "exponential-delay");
        all.set(
                RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_INITIAL_BACKOFF,
                Duration.ofSeconds(1));
        all.set(
                RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF,
                Duration.ofSeconds(30));
        all.set(
                RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_RESET_BACKOFF_THRESHOLD,
                Duration.ofMinutes(5));
        all.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, CHECKPOINT_INTERVAL);
        all.set(CheckpointingOptions.MIN_PAUSE_BETWEEN_CHECKPOINTS, Duration.ofMillis(20));
        all.set(CheckpointingOptions.CHECKPOINTING_TIMEOUT, Duration.ofMinutes(10));
        // A checkpoint that waits for TDengine to come back is no reason to start again.
        all.set(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, Integer.MAX_VALUE);
        all.set(
                CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
        // One to resume from and one more, should it be damaged.
        all.set(CheckpointingOptions.MAX_RETAINED_CHECKPOINTS, 2);
    }
}
