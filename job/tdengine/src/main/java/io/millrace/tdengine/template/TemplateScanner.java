package io.millrace.tdengine.template;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Reads the words, names and texts of a template from left to right. For one thread. */
final class TemplateScanner {
    private static final String NOT_IN_PATH = "{}[]'\"`";

    private final String sql;
    private int at;

    TemplateScanner(String sql) {
        this.sql = sql;
    }

    /** Skips space and returns where the next character is, for {@link #problemAt}. */
    int position() {
        skipSpace();
        return at;
    }

    SqlTemplateException problem(String problem) {
        return problemAt(at, problem);
    }

    SqlTemplateException problemAt(int position, String problem) {
        String before = sql.substring(0, Math.min(position, sql.length()));
        int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
        return new SqlTemplateException(line, before.length() - before.lastIndexOf('\n'), problem);
    }

    /** Goes to the next character that means something. */
    void skipSpace() {
        while (at < sql.length() && Character.isWhitespace(sql.charAt(at))) {
            at++;
        }
        if (sql.startsWith("--", at) || sql.startsWith("/*", at)) {
            throw problem("comments cannot stand in a template; remove it.");
        }
    }

    boolean atEnd() {
        return at >= sql.length();
    }

    /** The next character, 0 at the end. */
    char peek() {
        return atEnd() ? 0 : sql.charAt(at);
    }

    boolean startsWith(String text) {
        return sql.startsWith(text, at);
    }

    /** The next characters, without taking them; fewer at the end. */
    String ahead(int count) {
        return sql.substring(at, Math.min(sql.length(), at + count));
    }

    /** Takes the next characters. */
    String take(int count) {
        at += count;
        return sql.substring(at - count, at);
    }

    /** Skips space, then takes the character if it is the next one. */
    boolean takeIf(char c) {
        skipSpace();
        if (peek() != c) {
            return false;
        }
        at++;
        return true;
    }

    /** Skips space, then takes the character, which has to be there. */
    void expect(char c, String purpose) {
        if (!takeIf(c)) {
            throw problem("'" + c + "' is expected " + purpose + ", found is " + found() + ".");
        }
    }

    /** Skips space and returns the next word without taking it, in capitals; empty if none. */
    String peekWord() {
        skipSpace();
        int end = at;
        while (end < sql.length() && isWordPart(sql.charAt(end))) {
            end++;
        }
        // d_${x} is a name, not the word D_.
        return sql.startsWith("${", end) ? "" : sql.substring(at, end).toUpperCase(Locale.ROOT);
    }

    /** Skips space, then takes the word if it is the next one. */
    boolean takeWordIf(String word) {
        if (!peekWord().equals(word)) {
            return false;
        }
        at += word.length();
        return true;
    }

    static boolean isWordPart(char c) {
        return c == '_' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    /** Says what is next, for messages. */
    String found() {
        if (atEnd()) {
            return "the end";
        }
        int end = at;
        while (end < sql.length() && end < at + 20 && isWordPart(sql.charAt(end))) {
            end++;
        }
        // A whole code point, so that a message never holds half of one.
        return "'" + sql.substring(at, Math.max(end, sql.offsetByCodePoints(at, 1))) + "'";
    }

    /** Takes a placeholder, at whose <code>${</code> we are; empty for the whole row. */
    List<String> placeholder() {
        int start = at;
        int end = sql.indexOf('}', at);
        if (end < 0) {
            throw problem("'${' has no closing '}'.");
        }
        String inside = sql.substring(at + 2, end);
        String path = inside.startsWith(".") ? inside.substring(1) : inside;
        if (inside.equals(".")) {
            at = end + 1;
            return List.of();
        }
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (Character.isWhitespace(c)
                    || Character.isISOControl(c)
                    || NOT_IN_PATH.indexOf(c) >= 0) {
                throw problemAt(
                        start,
                        "'${"
                                + inside
                                + "}' is no field; write names with dots between them, without"
                                + " spaces and indexes, such as ${payload.temp}.");
            }
        }
        List<String> names = Arrays.asList(path.split("\\.", -1));
        if (names.contains("")) {
            throw problemAt(
                    start, "'${" + inside + "}' has an empty name; write such as ${payload.temp}.");
        }
        at = end + 1;
        return List.copyOf(names);
    }

    /** Takes a text in quotes, at whose first quote we are; escapes as TDengine reads them. */
    List<TextPart> quoted() {
        int start = at;
        char quote = sql.charAt(at++);
        TextParts parts = new TextParts();
        while (true) {
            if (atEnd()) {
                throw problemAt(start, "the text that begins here has no closing " + quote + ".");
            }
            char c = sql.charAt(at);
            if (startsWith("${")) {
                parts.addField(placeholder());
            } else if (c == quote && sql.startsWith(String.valueOf(quote), at + 1)) {
                parts.add(quote);
                at += 2;
            } else if (c == quote) {
                at++;
                return parts.toList();
            } else if (c == '\\') {
                at++;
                escape(parts);
            } else if (c == 0) {
                throw problem("a NUL character cannot be written to TDengine; remove it.");
            } else {
                parts.add(c);
                at++;
            }
        }
    }

    private void escape(TextParts parts) {
        char c = peek();
        switch (c) {
            case 'n' -> parts.add('\n');
            case 't' -> parts.add('\t');
            case 'r' -> parts.add('\r');
            case '\\', '\'', '"' -> parts.add(c);
            // These keep their back-slash; any other character loses it.
            case '%', '_', 'x' -> parts.add('\\').add(c);
            default -> {
                return;
            }
        }
        at++;
    }

    /** Takes a name in back-ticks, at whose first one we are. */
    List<TextPart> backTicked() {
        int start = at++;
        TextParts parts = new TextParts();
        while (peek() != '`') {
            if (atEnd()) {
                throw problemAt(start, "the name that begins here has no closing `.");
            }
            if (startsWith("${")) {
                parts.addField(placeholder());
                continue;
            }
            char c = sql.charAt(at);
            if (c == '.' || c < ' ' || c > '~') {
                throw problem(
                        "a name cannot hold '"
                                + sql.substring(at, sql.offsetByCodePoints(at, 1))
                                + "'; TDengine takes printable ASCII without '.' and '`'.");
            }
            parts.add(c);
            at++;
        }
        at++;
        List<TextPart> name = parts.toList();
        if (name.isEmpty()) {
            throw problemAt(start, "a name cannot be empty.");
        }
        return name;
    }

    /** Takes a name without back-ticks, in lower case; empty if there is none. */
    List<TextPart> bare() {
        TextParts parts = new TextParts();
        while (!atEnd()) {
            if (startsWith("${")) {
                parts.addField(placeholder());
            } else if (isWordPart(peek())) {
                parts.add(Character.toLowerCase(sql.charAt(at++)));
            } else {
                break;
            }
        }
        return parts.toList();
    }

    /** Gathers pieces, fixed characters next to each other as one. */
    private static final class TextParts {
        private final List<TextPart> parts = new ArrayList<>();
        private final StringBuilder fixed = new StringBuilder();

        TextParts add(char c) {
            fixed.append(c);
            return this;
        }

        void addField(List<String> path) {
            endFixed();
            parts.add(new TextPart.Field(path));
        }

        List<TextPart> toList() {
            endFixed();
            return List.copyOf(parts);
        }

        private void endFixed() {
            if (!fixed.isEmpty()) {
                parts.add(new TextPart.Fixed(fixed.toString()));
                fixed.setLength(0);
            }
        }
    }
}
