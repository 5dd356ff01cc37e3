package io.millrace.functions;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Set;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.factories.ModuleFactory;
import org.apache.flink.table.module.Module;

/** Makes {@code LOAD MODULE millrace} work; Flink finds it as a service. */
public final class MillraceModuleFactory implements ModuleFactory {
    /** The name in {@code LOAD MODULE}. */
    public static final String IDENTIFIER = "millrace";

    /** The option that says what bad data does. */
    public static final ConfigOption<OnError> ON_ERROR =
            ConfigOptions.key("on-error")
                    .enumType(OnError.class)
                    .defaultValue(OnError.NULL)
                    .withDescription(
                            "What a function does about data that it has no answer for, such as a"
                                    + " text that is no date: 'null' answers NULL and counts it in the"
                                    + " metric functionErrors, 'fail' fails the job.");

    /** The option that makes the clock stand still. */
    public static final ConfigOption<String> CLOCK =
            ConfigOptions.key("clock")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "A moment such as '2026-01-01T00:00:00Z' at which now_timestamp() and"
                                    + " all other functions of the time stand still, for tests of"
                                    + " rules. Default: the machine's clock. Flink's own functions,"
                                    + " such as CURRENT_TIMESTAMP, always read that.");

    @Override
    public String factoryIdentifier() {
        return IDENTIFIER;
    }

    @Override
    public Set<ConfigOption<?>> requiredOptions() {
        return Set.of();
    }

    @Override
    public Set<ConfigOption<?>> optionalOptions() {
        return Set.of(ON_ERROR, CLOCK);
    }

    @Override
    public Module createModule(Context context) {
        FactoryUtil.ModuleFactoryHelper helper =
                FactoryUtil.createModuleFactoryHelper(this, context);
        helper.validate();
        return new MillraceModule(
                helper.getOptions().get(ON_ERROR),
                helper.getOptions()
                        .getOptional(CLOCK)
                        .map(MillraceModuleFactory::standing)
                        .orElse(Clock.systemUTC()));
    }

    private static Clock standing(String moment) {
        try {
            return Clock.fixed(Instant.parse(moment), ZoneOffset.UTC);
        } catch (DateTimeParseException e) {
            throw new ValidationException(
                    "Option 'clock' is '"
                            + moment
                            + "'; allowed is a moment such as '2026-01-01T00:00:00Z'.",
                    e);
        }
    }
}
