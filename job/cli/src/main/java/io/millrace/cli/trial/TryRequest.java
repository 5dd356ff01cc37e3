package io.millrace.cli.trial;

import io.millrace.rule.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What {@code millrace try} is asked for.
 *
 * @param given messages of the command line and of files
 * @param live messages to take from the broker
 * @param tables definitions in TDengine's SQL
 * @param tablesFile where they stand
 */
public record TryRequest(
        Settings settings,
        List<Path> files,
        List<Message> given,
        SampleMaker maker,
        Optional<Live> live,
        boolean offline,
        String tables,
        Optional<Path> tablesFile,
        Optional<Instant> clock,
        boolean json,
        Optional<Path> record,
        Optional<Path> save) {

    /** So many, but for no longer than so long. */
    public record Live(int count, Duration timeout) {}
}
