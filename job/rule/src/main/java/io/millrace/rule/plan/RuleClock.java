package io.millrace.rule.plan;

import io.millrace.rule.RuleException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.ReadableConfig;

/**
 * The clock that the functions of rules read. It stands still where the option {@code rule.clock}
 * says when, so that a test of a rule can know what comes out. Stateless.
 */
public final class RuleClock {
    /** The moment; the machine's clock if it is not given. */
    public static final ConfigOption<String> OPTION =
            ConfigOptions.key("rule.clock")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "A moment such as 2026-01-01T00:00:00Z at which now_timestamp() and its"
                                    + " like stand still, for tests of rules.");

    private RuleClock() {}

    /** The moment at which the clock stands still, if it does. */
    static Optional<Instant> moment(ReadableConfig configuration) {
        return configuration.getOptional(OPTION).map(RuleClock::parse);
    }

    private static Instant parse(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new RuleException(
                    "Option '%s' is '%s'; allowed is a moment such as 2026-01-01T00:00:00Z."
                            .formatted(OPTION.key(), text),
                    e);
        }
    }

    /** The clock itself. */
    static Clock of(ReadableConfig configuration) {
        return moment(configuration)
                .map(moment -> Clock.fixed(moment, ZoneOffset.UTC))
                .orElse(Clock.systemUTC());
    }
}
