package io.millrace.devkit.tdengine.sql;

/**
 * A refusal as TDengine words it: the code without its high bits (0x2603, not 0x80002603) and the
 * text that follows it.
 */
public final class TaosException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Code of refusals that a taosAdapter makes itself. */
    public static final int ADAPTER = 0xffff;

    private static final int MAXIMUM_EXCERPT = 63;

    private final int code;

    /**
     * @param code TDengine's error code, low 16 bits
     * @param message TDengine's text
     */
    public TaosException(int code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    /** TDengine's error code, low 16 bits. */
    public int code() {
        return code;
    }

    /** A fault in a value of an INSERT: 0x216, the value without its quotes, and the reason. */
    public static TaosException inValue(String value, String reason) {
        return new TaosException(
                0x216, "syntax error near '" + excerpt(value, 0) + "' (" + reason + ")");
    }

    /** A fault in the text of an INSERT: 0x216, the place and the reason. */
    public static TaosException inInsert(CharSequence sql, int at, String reason) {
        return new TaosException(
                0x216,
                "syntax error near '"
                        + Strings.lowerCase(excerpt(sql, Math.max(0, at)))
                        + "' ("
                        + reason
                        + ")");
    }

    private static CharSequence excerpt(CharSequence sql, int at) {
        int end = at;
        int bytes = 0;
        while (end < sql.length() && sql.charAt(end) != 0) {
            bytes += utf8Length(sql.charAt(end));
            if (bytes > MAXIMUM_EXCERPT) {
                break;
            }
            end++;
        }
        return sql.subSequence(at, end);
    }

    /** A statement that is well-formed and still makes no sense: 0x200. */
    public static TaosException invalidOperation(String reason) {
        return new TaosException(0x200, reason);
    }

    /** A fault in the text of any other statement: 0x2600 and the rest of the text. */
    public static TaosException syntax(String rest) {
        return rest.isBlank()
                ? new TaosException(0x2601, "Incomplete SQL statement")
                : new TaosException(
                        0x2600, "syntax error near \"" + Strings.lowerCase(rest) + "\"");
    }

    /** What TDengine has and this development server has not. */
    public static TaosException unsupported(String what) {
        return new TaosException(
                ADAPTER,
                what
                        + " is not supported by Millrace's development server; use a real TDengine for it");
    }

    private static int utf8Length(char c) {
        if (c < 0x80) {
            return 1;
        }
        return c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
    }
}
