package io.millrace.cli.direct;

import java.util.ArrayList;
import java.util.List;

/** Splits a text into TDengine's statements. For one text. */
public final class StatementScript {
    private final String text;
    private final List<String> statements = new ArrayList<>();
    private final StringBuilder statement = new StringBuilder();

    private StatementScript(String text) {
        this.text = text;
    }

    /** The statements, without comments and semicolons. */
    public static List<String> split(String text) {
        StatementScript script = new StatementScript(text);
        script.run();
        return List.copyOf(script.statements);
    }

    private void run() {
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (text.startsWith("--", at)) {
                at = end("\n", at, 0);
            } else if (text.startsWith("/*", at)) {
                at = end("*/", at + 2, 2);
                statement.append(' ');
            } else if (c == '\'' || c == '"' || c == '`') {
                int end = endOfQuoted(at, c);
                statement.append(text, at, end);
                at = end;
            } else if (c == ';') {
                add();
                at++;
            } else {
                statement.append(c);
                at++;
            }
        }
        add();
    }

    private void add() {
        if (!statement.toString().isBlank()) {
            statements.add(statement.toString().strip());
        }
        statement.setLength(0);
    }

    private int end(String closing, int from, int length) {
        int end = text.indexOf(closing, from);
        return end < 0 ? text.length() : end + length;
    }

    /** A back-slash takes the next character along, but for names; a doubled quote is two texts. */
    private int endOfQuoted(int from, char quote) {
        int at = from + 1;
        while (at < text.length() && text.charAt(at) != quote) {
            at += text.charAt(at) == '\\' && quote != '`' ? 2 : 1;
        }
        return Math.min(text.length(), at + 1);
    }
}
