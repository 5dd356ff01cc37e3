package io.millrace.cli.flink;

import java.time.Duration;
import org.apache.flink.util.TimeUtils;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads durations on the command line as Flink writes them: {@code 200ms}, {@code 10 s}. */
public final class Durations implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
        try {
            Duration duration = TimeUtils.parseDuration(text);
            // To Flink a bare number is milliseconds, which nobody means by "--timeout 5".
            boolean hasUnit = !Character.isDigit(text.charAt(text.length() - 1));
            if (hasUnit && !duration.isNegative() && !duration.isZero()) {
                return duration;
            }
        } catch (IllegalArgumentException e) {
            // The same answer as to 0.
        }
        throw new TypeConversionException(
                "'" + text + "' is no time with a unit; allowed are such as 200ms, 10s, 5min.");
    }
}
