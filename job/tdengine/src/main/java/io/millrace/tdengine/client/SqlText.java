package io.millrace.tdengine.client;

/** Names and text literals as TDengine's SQL wants them. Stateless. */
public final class SqlText {
    private SqlText() {}

    /**
     * Puts a name in back-ticks, so that its case is kept and it is no key word.
     *
     * @throws IllegalArgumentException if the name is empty or holds a back-tick, which no name of
     *     TDengine can
     */
    public static String name(String name) {
        if (name.isEmpty() || name.indexOf('`') >= 0) {
            throw new IllegalArgumentException(
                    "'" + name + "' is no name for TDengine: it is empty or holds a back-tick.");
        }
        return '`' + name + '`';
    }

    /** Puts a text in quotes and escapes what TDengine would read as something else. */
    public static String literal(String text) {
        return '\'' + text.replace("\\", "\\\\").replace("'", "\\'") + '\'';
    }
}
