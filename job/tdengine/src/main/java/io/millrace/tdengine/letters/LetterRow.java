package io.millrace.tdengine.letters;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.common.deadletter.DeadLetter;
import io.millrace.tdengine.client.SqlText;
import io.millrace.tdengine.client.TargetTable;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Puts a letter into a row of its table, as SQL. A text that is too long ends with a mark. */
public final class LetterRow {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String MARK = "…";
    private static final int MARK_BYTES = 3;
    private static final List<String> COLUMNS =
            List.of(
                    LetterTable.RULE,
                    LetterTable.REASON,
                    LetterTable.CODE,
                    LetterTable.TARGET,
                    LetterTable.SUPER_TABLE,
                    LetterTable.ROW);

    private final TargetTable table;

    /** For rows of a table that was {@linkplain LetterTable#problem found good}. */
    public LetterRow(TargetTable table) {
        this.table = table;
    }

    /** The beginning of the statement: {@code INSERT INTO t (columns) VALUES }. */
    public static String head(LetterTable table) {
        return "INSERT INTO "
                + table.sql()
                + " (ts,id,"
                + String.join(",", COLUMNS)
                + ",shortened) VALUES ";
    }

    /** One row in brackets. */
    public String values(DeadLetter letter, String id) {
        StringBuilder row = new StringBuilder(512);
        Instant at = letter.at();
        row.append('(').append(table.precision().of(at.toEpochMilli(), at.getNano() % 1_000_000));
        row.append(",'").append(id).append('\'');
        boolean shortened = false;
        for (String column : COLUMNS) {
            String text = text(letter, column);
            row.append(',');
            if (text == null) {
                row.append("NULL");
                continue;
            }
            String fitting = fitting(text, table.column(column).orElseThrow().length());
            shortened |= !fitting.equals(text);
            row.append(SqlText.literal(fitting));
        }
        return row.append(',').append(shortened).append(')').toString();
    }

    private static String text(DeadLetter letter, String column) {
        Map<String, Object> details = letter.details();
        Object value =
                switch (column) {
                    case LetterTable.REASON -> letter.reason();
                    case LetterTable.TARGET -> target(details);
                    // What a rule could not do is a message, not a row: the letter as it is.
                    case LetterTable.ROW ->
                            letter.origin().equals("tdengine")
                                    ? json(details.getOrDefault("row", details))
                                    : letter.json();
                    default -> details.get(column);
                };
        // A NUL would end the statement.
        return value == null ? null : value.toString().replace('\0', '\uFFFD');
    }

    private static String target(Map<String, Object> details) {
        Object table = details.get("table");
        return details.get("database") + (table == null ? "" : "." + table);
    }

    private static String json(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("A dead letter's row is no JSON value", e);
        }
    }

    static String fitting(String text, int mostBytes) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        if (utf8.length <= mostBytes) {
            return text;
        }
        int end = Math.max(0, mostBytes - MARK_BYTES);
        while (end > 0 && (utf8[end] & 0xc0) == 0x80) {
            end--; // not in the middle of a character
        }
        String begin = new String(utf8, 0, end, StandardCharsets.UTF_8);
        return mostBytes < MARK_BYTES ? begin : begin + MARK;
    }
}
