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
        /**
         * A database, table or column is not there. It may be under way: wait for it a while, then
         * give up.
         */
        MISSING_TABLE,
        /** User, password, rights, licence or version are wrong: repeating is of no use. */
        FATAL
    }

    private static final int ADAPTER = 0xFFFF;

    private static final Pattern CODE =
            Pattern.compile("^(?:TDengine )?(?:ERROR )?\\(0x([0-9a-fA-F]{1,8})\\):?\\s*");

    /** Databases that are missing or not chosen, tables, columns and tags that are missing. */
    private static final Set<Integer> MISSING =
            Set.of(
                    0x0217, 0x0362, 0x036A, 0x036C, 0x0380, 0x0383, 0x0388, 0x0526, 0x0600, 0x0618,
                    0x061A, 0x2602, 0x2603, 0x260E, 0x2616, 0x2634, 0x263F);

    private static final Set<Integer> CLOSED = Set.of(0x2301, 0x2304, 0x2318);

    private static final Set<Integer> TABLE = Set.of(0x0362, 0x0600, 0x0618, 0x061A, 0x2603);

    private static final Set<Integer> COLUMN =
            Set.of(0x036A, 0x036C, 0x0526, 0x2602, 0x2634, 0x263F);

    /** Of definitions only: what is to be made, or made wider, is so already. */
    private static final Set<Integer> EXISTS =
            Set.of(0x0360, 0x0369, 0x036B, 0x0381, 0x0525, 0x0603, 0x0619, 0x263C, 0x264B);

    /** Who connects: unknown, disabled, wrong password, refused address. */
    private static final Set<Integer> CREDENTIALS =
            Set.of(
                    0x0003, 0x0134, 0x0207, 0x0208, 0x0315, 0x0343, 0x0344, 0x0351, 0x0352, 0x0353,
                    0x0354, 0x0357, 0x0358, 0x2319, 0x231A);

    /** What the user may not do. */
    private static final Set<Integer> RIGHTS = Set.of(0x0214, 0x0303, 0x0512, 0x2644);

    /** Versions that do not go together, and calls that the server does not know. */
    private static final Set<Integer> VERSIONS =
            Set.of(0x0100, 0x0204, 0x2312, 0x2321, 0x2323, 0x2324);

    /** Licence: expired, or its limits of nodes, accounts, series, databases, users, and so on. */
    private static final int LICENCE_FIRST = 0x0800;

    private static final int LICENCE_LAST = 0x080D;

    /** Of the licence's limits, what passes by itself: connections and speed. */
    private static final Set<Integer> LICENCE_TRANSIENT = Set.of(0x0806, 0x0808);

    /** Also what only a bound statement can be refused for: as text its rows may go. */
    private static final Set<Integer> BAD_ROW =
            Set.of(
                    0x0112, 0x0118, 0x011B, 0x0127, 0x0132, 0x0200, 0x0202, 0x0203, 0x020A, 0x0216,
                    0x0218, 0x0219, 0x021B, 0x021D, 0x021E, 0x021F, 0x0220, 0x0221, 0x0222, 0x0224,
                    0x0229, 0x022A, 0x022B, 0x022C, 0x022F, 0x0601, 0x060B, 0x0615, 0x061D, 0x2302,
                    0x2303);

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
        // The driver's way to say that a value bound to a statement is not of the column's type.
        Kind kind = thrown instanceof ClassCastException ? Kind.BAD_ROW : kindOf(code, message);
        return new TDengineError(kind, code, message);
    }

    static Kind kindOf(int code, String message) {
        if (CREDENTIALS.contains(code)
                || RIGHTS.contains(code)
                || VERSIONS.contains(code)
                || isLicence(code)) {
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

    private static boolean isLicence(int code) {
        return code >= LICENCE_FIRST && code <= LICENCE_LAST && !LICENCE_TRANSIENT.contains(code);
    }

    private static boolean isParserError(int code) {
        return code >= 0x2600 && code <= 0x26FF && !PARSER_TRANSIENT.contains(code);
    }

    /** Whether taosAdapter does not know what it was asked for, or knows it no longer. */
    public boolean isOfAdapter() {
        return code == ADAPTER;
    }

    /** Whether the driver found the connection closed before it sent anything. */
    public boolean meansClosedConnection() {
        return CLOSED.contains(code);
    }

    /** Whether it is a table that is missing, rather than a database or a column. */
    public boolean missesTable() {
        return TABLE.contains(code);
    }

    /** Whether it is a column or tag that is missing. */
    public boolean missesColumn() {
        return COLUMN.contains(code);
    }

    /** Whether a definition (CREATE, ALTER) was refused because things are that way already. */
    public boolean meansExists() {
        return EXISTS.contains(code);
    }

    /** What the operator can do about a {@link Kind#FATAL} error, as half a sentence. */
    public String advice() {
        if (CREDENTIALS.contains(code)) {
            return "check user, password or token, and from where the user may connect.";
        }
        if (RIGHTS.contains(code)) {
            return "grant the user the right (GRANT WRITE ON database.* TO user).";
        }
        if (isLicence(code)) {
            return "extend the server's licence.";
        }
        return "check the server's version and the connection's options.";
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
