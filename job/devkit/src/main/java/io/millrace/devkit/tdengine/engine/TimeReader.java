package io.millrace.devkit.tdengine.engine;

import io.millrace.devkit.tdengine.sql.Lexer;
import io.millrace.devkit.tdengine.sql.Precision;
import io.millrace.devkit.tdengine.sql.TaosException;
import io.millrace.devkit.tdengine.sql.TimeText;
import io.millrace.devkit.tdengine.sql.TokenKind;
import java.time.Instant;
import java.time.ZoneId;
import java.util.OptionalLong;

/**
 * Reads times of an INSERT: numbers, text, NOW and TODAY, with a duration added or taken away. NOW
 * is the same moment throughout a statement.
 */
final class TimeReader {
    private final Instant now;
    private final ZoneId zone;

    TimeReader(Instant now, ZoneId zone) {
        this.now = now;
        this.zone = zone;
    }

    Instant now() {
        return now;
    }

    ZoneId zone() {
        return zone;
    }

    long today(Precision precision) {
        return precision.ticks(now.atZone(zone).toLocalDate().atStartOfDay(zone).toInstant());
    }

    /** Reads the time at which the lexer stands and leaves it behind that. */
    long read(Lexer lexer, Precision precision) {
        int at = lexer.start();
        String shown = lexer.is(TokenKind.STRING) ? lexer.string() : null;
        long time = point(lexer, precision, shown, at);
        while (lexer.is(TokenKind.PLUS) || lexer.is(TokenKind.MINUS)) {
            boolean minus = lexer.is(TokenKind.MINUS);
            lexer.advance();
            if (!lexer.is(TokenKind.DURATION)) {
                throw invalid(lexer, shown, at);
            }
            long ticks = duration(lexer, precision);
            time = minus ? time - ticks : time + ticks;
        }
        return time;
    }

    static long duration(Lexer lexer, Precision precision) {
        String text = lexer.text();
        lexer.advance();
        int last = text.length() - 1;
        return precision.ticks(Long.parseLong(text.substring(0, last)), text.charAt(last));
    }

    private long point(Lexer lexer, Precision precision, String shown, int at) {
        OptionalLong time = OptionalLong.empty();
        if (shown != null) {
            time = text(shown, precision);
            lexer.advance();
        } else if (lexer.is(TokenKind.INTEGER)) {
            time = integer(lexer.text());
            lexer.advance();
        } else if (lexer.is("NOW") || lexer.is("TODAY")) {
            time = text(lexer.text(), precision);
            lexer.advance();
            if (lexer.accept(TokenKind.LEFT) && !lexer.accept(TokenKind.RIGHT)) {
                time = OptionalLong.empty();
            }
        }
        return time.orElseThrow(() -> invalid(lexer, shown, at));
    }

    /** A quoted time: a date, a number or NOW. */
    OptionalLong text(String text, Precision precision) {
        if (text.equalsIgnoreCase("now") || text.equalsIgnoreCase("now()")) {
            return OptionalLong.of(precision.ticks(now));
        }
        if (text.equalsIgnoreCase("today") || text.equalsIgnoreCase("today()")) {
            return OptionalLong.of(today(precision));
        }
        OptionalLong parsed = TimeText.parse(text, precision, zone);
        return parsed.isPresent() ? parsed : integer(text);
    }

    private static OptionalLong integer(String text) {
        try {
            return OptionalLong.of(Long.parseLong(text));
        } catch (NumberFormatException noNumber) {
            return OptionalLong.empty();
        }
    }

    private static TaosException invalid(Lexer lexer, String shown, int at) {
        return shown == null
                ? TaosException.inInsert(lexer.sql(), at, "invalid timestamp")
                : TaosException.inValue(shown, "invalid timestamp");
    }
}
