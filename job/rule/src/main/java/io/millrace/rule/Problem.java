package io.millrace.rule;

import java.io.Serializable;

/**
 * Something that is wrong, or worth knowing, in a rule or a settings file.
 *
 * @param file the file as the user named it; empty if it is about none
 * @param line counted from 1; 0 if no line is known
 * @param column counted from 1; 0 if no column is known
 * @param message what is wrong and what to do
 * @param source the line as it stands there; empty if no line is known
 */
public record Problem(
        Severity severity, String file, int line, int column, String message, String source)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    /** How much it matters. */
    public enum Severity {
        /** The rule cannot run. */
        ERROR,
        /** It can run, and does probably not what is meant. */
        WARNING,
        /** It can run; this is how. */
        NOTE
    }

    /** An error that has no place in a file. */
    public static Problem error(String message) {
        return new Problem(Severity.ERROR, "", 0, 0, message, "");
    }

    /** The same with another severity. */
    public Problem as(Severity other) {
        return new Problem(other, file, line, column, message, source);
    }

    /** The same in other words. */
    public Problem withMessage(String words) {
        return new Problem(severity, file, line, column, words, source);
    }

    /** Where it is, as {@code file:line:column}. */
    public String place() {
        return file + ":" + line + ":" + column;
    }

    /** Ready to print: file, line, column and message, then the line with a caret. */
    public String text() {
        if (file.isEmpty()) {
            return message;
        }
        if (line == 0) {
            return file + ": " + message;
        }
        String number = String.valueOf(line);
        return "%s:%d:%d: %s%n  %s | %s%n  %s | %s^"
                .formatted(
                        file,
                        line,
                        column,
                        message,
                        number,
                        source.stripTrailing().replace('\t', ' '),
                        " ".repeat(number.length()),
                        " ".repeat(Math.max(0, column - 1)));
    }
}
