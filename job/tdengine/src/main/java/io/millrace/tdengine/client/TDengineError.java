package io.millrace.tdengine.client;

import java.sql.SQLException;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What went wrong, sorted by what to do about it.
 *
 * @param kind what to do
 * @param code the server's code without its high bit, or the driver's (0x23xx); 0 if there is none
 * @param message the server's or driver's words without the code
 */
public record TDengineError(Kind kind, int code, String message) {

    /** What to do about an error. */
    public enum Kind {
        /** Nothing is wrong with the rows: connect again and repeat. Also every unknown error. */
        TRANSIENT,
        /** Some row of the request can never be written: find it. */
        BAD_ROW,
        /** A database, table or column is not there: an operator has to help; repeat until then. */
        MISSING_TABLE,
        /** User, password, rights or version are wrong: repeating is of no use. */
        FATAL
    }

    private static final Pattern CODE =
            Pattern.compile("^(?:TDengine )?(?:ERROR )?\\(0x([0-9a-fA-F]{1,8})\\):?\\s*");

    private static final Set<Integer> MISSING =
            Set.of(
                    0x0217, 0x0362, 0x0380, 0x0383, 0x0388, 0x036A, 0x036C, 0x0526, 0x0600, 0x0618,
                    0x061A, 0x2602, 0x2603, 0x260E, 0x2616, 0x2634, 0x263F);

    private static final Set<Integer> CLOSED = Set.of(0x2301, 0x2304, 0x2318);

    private static final Set<Integer> TABLE = Set.of(0x0362, 0x0600, 0x0618, 0x061A, 0x2603);

    /** Rights, users, white list, licence of the account, versions; the driver's 0x23xx. */
    private static final Set<Integer> FATAL =
            Set.of(
                    0x0003, 0x0134, 0x0207, 0x0208, 0x0214, 0x0303, 0x0315, 0x0343, 0x0344, 0x0351,
                    0x0352, 0x0353, 0x0357, 0x0358, 0x0512, 0x2644, 0x2302, 0x2303, 0x2312, 0x2319,
                    0x231A, 0x2321);

    private static final Set<Integer> BAD_ROW =
            Set.of(
                    0x0112, 0x0118, 0x011B, 0x0127, 0x0132, 0x0200, 0x0202, 0x0203, 0x020A, 0x0216,
                    0x0219, 0x021D, 0x021E, 0x021F, 0x0221, 0x0222, 0x0224, 0x0229, 0x022F, 0x060B,
                    0x0615, 0x061D, 0x0601);

    /** Of the parser's range, what a later attempt may find well: stale or missing meta data. */
    private static final Set<Integer> PARSER_TRANSIENT = Set.of(0x2614, 0x2662, 0x26FF);

    /** Sorts an exception of the driver. */
    public static TDengineError of(Throwable thrown) {
        String text = thrown.getMessage() == null ? thrown.toString() : thrown.getMessage();
        Matcher matcher = CODE.matcher(text);
        boolean coded = matcher.find();
        int code = thrown instanceof SQLException sql ? sql.getErrorCode() & 0xFFFF : 0;
        if (code == 0 && coded) {
            // The driver leaves the code at 0 when connecting or binding fails.
            code = (int) (Long.parseLong(matcher.group(1), 16) & 0xFFFF);
        }
        String message = coded ? text.substring(matcher.end()) : text;
        return new TDengineError(kindOf(code, message), code, message);
    }

    static Kind kindOf(int code, String message) {
        if (FATAL.contains(code)) {
            return Kind.FATAL;
        }
        if (MISSING.contains(code)) {
            return Kind.MISSING_TABLE;
        }
        // "db is not specified" shares its code with many faults of a single row.
        if (code == 0x0200 && message.contains("db is not specified")) {
            return Kind.MISSING_TABLE;
        }
        if (BAD_ROW.contains(code) || isParserError(code)) {
            return Kind.BAD_ROW;
        }
        return Kind.TRANSIENT;
    }

    private static boolean isParserError(int code) {
        return code >= 0x2600 && code <= 0x26FF && !PARSER_TRANSIENT.contains(code);
    }

    /** Whether the driver found the connection closed before it sent anything. */
    public boolean meansClosedConnection() {
        return CLOSED.contains(code);
    }

    /** Whether it is a table that is missing, rather than a database or a column. */
    public boolean missesTable() {
        return TABLE.contains(code);
    }

    /** The code as TDengine prints it, such as {@code 0x2653}; empty if there is none. */
    public String hexCode() {
        return code == 0 ? "" : "0x%04x".formatted(code);
    }

    @Override
    public String toString() {
        return code == 0 ? message : hexCode() + ": " + message;
    }
}
