package io.millrace.devkit.tdengine.sql;

/** TDengine's escapes in quoted text. */
public final class Strings {
    private Strings() {}

    /** The value of a quoted text that lies between two positions, its quotes included. */
    public static String unquote(String sql, int start, int end) {
        char quote = sql.charAt(start);
        int at = start + 1;
        int close = end - 1;
        while (at < close && sql.charAt(at) != '\\' && sql.charAt(at) != quote) {
            at++;
        }
        if (at == close) {
            return sql.substring(start + 1, close);
        }
        StringBuilder text = new StringBuilder(close - start).append(sql, start + 1, at);
        while (at < close) {
            char c = sql.charAt(at++);
            if (c == quote) {
                at++; // the other one of a doubled quote
            } else if (c == '\\' && at < close) {
                c = sql.charAt(at++);
                switch (c) {
                    case 'n' -> c = '\n';
                    case 't' -> c = '\t';
                    case 'r' -> c = '\r';
                    case '%', '_', 'x' -> text.append('\\');
                    default -> {
                        // the backslash is dropped
                    }
                }
            }
            text.append(c);
        }
        return text.toString();
    }

    /** SQL in lower case, except what stands in quotes; the server keeps statements like this. */
    public static String lowerCase(CharSequence sql) {
        StringBuilder lower = new StringBuilder(sql.length());
        char quote = 0;
        for (int i = 0; i < sql.length(); i++) {
            char c = sql.charAt(i);
            if (quote == 0 && (c == '\'' || c == '"' || c == '`')) {
                quote = c;
            } else if (c == quote) {
                quote = 0;
            }
            lower.append(quote == 0 ? Character.toLowerCase(c) : c);
        }
        return lower.toString();
    }

    /** Text as a literal of standard SQL (H2's). */
    public static String literal(String text) {
        return '\'' + text.replace("'", "''") + '\'';
    }
}
