package io.millrace.cli.dlq;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.apache.flink.util.TimeUtils;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a time on the command line: as far back as a duration, or a date with or without time. */
public final class Times implements ITypeConverter<Instant> {
    @Override
    public Instant convert(String text) {
        ZoneId here = ZoneId.systemDefault();
        try {
            if (text.matches("\\d+\\s*[a-zA-Z]+")) {
                return Instant.now().minus(TimeUtils.parseDuration(text));
            }
            if (text.matches("\\d{4}-\\d\\d-\\d\\d")) {
                return LocalDate.parse(text).atStartOfDay(here).toInstant();
            }
            return text.endsWith("Z")
                    ? Instant.parse(text)
                    : LocalDateTime.parse(text.replace(' ', 'T')).atZone(here).toInstant();
        } catch (DateTimeException | IllegalArgumentException e) {
            throw new TypeConversionException(
                    "'"
                            + text
                            + "' is no time; allowed are such as 2h, 2026-11-22, '2026-11-22"
                            + " 10:00' and 2026-11-22T10:00:00Z.");
        }
    }
}
