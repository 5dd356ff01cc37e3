package io.millrace.cli.upgrade;

import io.millrace.cli.cluster.SubmitRequest;
import java.time.Duration;
import java.util.Optional;

/**
 * What {@code millrace upgrade} is to do.
 *
 * @param version the new version
 * @param kept where versions of the job are kept
 * @param savepoints where to, if not where the job does by itself
 * @param dropState whether state may be lost
 * @param dryRun whether only to look
 * @param patience for a savepoint, and for the new version to run
 */
public record UpgradeRequest(
        SubmitRequest version,
        KeptVersion kept,
        Optional<String> savepoints,
        boolean dropState,
        boolean dryRun,
        Duration patience) {}
