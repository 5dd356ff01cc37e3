package io.millrace.cli.trial;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads moments as people write them: with an offset, or a number of milliseconds since 1970. */
public final class Times implements ITypeConverter<Instant> {
    @Override
    public Instant convert(String text) {
        try {
            return parse(text);
        } catch (DateTimeParseException e) {
            throw new TypeConversionException(
                    "'" + text + "' is no moment; allowed are such as 2026-01-01T12:00:00Z.");
        }
    }

    static Instant parse(String text) {
        if (text.matches("-?\\d{1,18}")) {
            return Instant.ofEpochMilli(Long.parseLong(text));
        }
        return OffsetDateTime.parse(text.strip().replace(' ', 'T')).toInstant();
    }
}
