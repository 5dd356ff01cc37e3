package io.millrace.rule.script;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits a script into statements and turns double-quoted names, which rule authors write and
 * Flink's parser does not know, into back-ticked ones. The text keeps its length, so that every
 * position that a parser reports is a position in the file.
 */
final class SqlLexer {

    /**
     * What lies between two semicolons.
     *
     * @param start offset of its first character, comments included
     * @param code offset of the first character that is neither white space nor comment
     * @param end offset after its last character, without the semicolon
     */
    record Span(int start, int code, int end) {}

    private final SourceFile file;
    private final StringBuilder text;
    private final List<Span> spans = new ArrayList<>();
    private int start;
    private int code = -1;

    private SqlLexer(SourceFile file) {
        this.file = file;
        this.text = new StringBuilder(file.text());
    }

    static Lexed lex(SourceFile file) {
        SqlLexer lexer = new SqlLexer(file);
        lexer.run();
        return new Lexed(lexer.text.toString(), List.copyOf(lexer.spans));
    }

    /** The rewritten text, as long as the file's, and its statements. */
    record Lexed(String text, List<Span> spans) {}

    private void run() {
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (startsWith("--", at)) {
                at = endOfLine(at);
            } else if (startsWith("/*", at)) {
                at = end(at, "*/", "comment");
            } else if (c == ';') {
                close(at);
                at++;
                start = at;
            } else if (Character.isWhitespace(c)) {
                at++;
            } else {
                if (code < 0) {
                    code = at;
                }
                at = token(at, c);
            }
        }
        close(text.length());
    }

    private int token(int at, char c) {
        return switch (c) {
            case '\'' -> endOfQuoted(at, '\'', "text");
            case '`' -> endOfQuoted(at, '`', "name");
            case '"' -> rewriteName(at);
            default -> at + 1;
        };
    }

    private void close(int end) {
        if (code >= 0) {
            spans.add(new Span(start, code, end));
        }
        code = -1;
    }

    private int rewriteName(int at) {
        int end = endOfQuoted(at, '"', "name");
        String name = text.substring(at + 1, end - 1);
        if (name.indexOf('`') >= 0 || name.contains("\"\"")) {
            throw file.error(
                    at,
                    "A name in double quotes must hold neither a back-tick nor a double quote."
                            + " Write it in back-ticks.");
        }
        text.setCharAt(at, '`');
        text.setCharAt(end - 1, '`');
        return end;
    }

    private int endOfQuoted(int at, char quote, String what) {
        int from = at + 1;
        while (true) {
            int end = text.indexOf(String.valueOf(quote), from);
            if (end < 0) {
                throw file.error(
                        at,
                        "This %s has no closing %c.".formatted(what, quote),
                        "Write %c at its end.".formatted(quote));
            }
            if (end + 1 < text.length() && text.charAt(end + 1) == quote) {
                from = end + 2;
            } else {
                return end + 1;
            }
        }
    }

    private int end(int at, String closing, String what) {
        int end = text.indexOf(closing, at + 2);
        if (end < 0) {
            throw file.error(
                    at,
                    "This %s has no closing %s.".formatted(what, closing),
                    "Write %s at its end.".formatted(closing));
        }
        return end + closing.length();
    }

    private int endOfLine(int at) {
        int end = text.indexOf("\n", at);
        return end < 0 ? text.length() : end;
    }

    private boolean startsWith(String what, int at) {
        return at + what.length() <= text.length()
                && what.contentEquals(text.subSequence(at, at + what.length()));
    }
}
