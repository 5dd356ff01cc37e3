package io.millrace.rule.trial;

import io.millrace.rule.Settings;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.flink.configuration.Configuration;

/**
 * What is to be tried.
 *
 * @param files of the rules, one job together
 * @param target where jobs run; asked when the first is planned, so that a cluster can start
 *     meanwhile
 * @param offline whether TDengine is not asked; tables that nobody declares are made up then
 * @param tables definitions of tables in TDengine's SQL, which stand before the server's
 * @param clock where the clock of rules stands still
 */
public record TrialRequest(
        Settings settings,
        List<Path> files,
        Supplier<Configuration> target,
        boolean offline,
        String tables,
        Optional<Instant> clock) {
    public TrialRequest {
        files = List.copyOf(files);
    }
}
