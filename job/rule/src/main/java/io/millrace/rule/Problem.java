package io.millrace.rule;

import java.io.Serializable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Something that is wrong, or worth knowing, in a rule or a settings file.
 *
 * @param file the file as the user named it; empty if it is about none
 * @param line counted from 1; 0 if no line is known
 * @param column counted from 1; 0 if no column is known
 * @param message what is wrong
 * @param remedy what to do; empty if the message says it all
 * @param source the line as it stands there; empty if no line is known
 */
public record Problem(
        Severity severity,
        String file,
        int line,
        int column,
        String message,
        String remedy,
        String source)
        implements Serializable {
    private static final long serialVersionUID = 2L;
    private static final Pattern QUESTION =
            Pattern.compile("(?s)(.*\\S) +(Did you mean '[^']*'\\?)");

    /** How much it matters. */
    public enum Severity {
        /** The rule cannot run. */
        ERROR,
        /** It can run, and does probably not what is meant. */
        WARNING,
        /** It can run; this is how. */
        NOTE
    }

    /** A question at the message's end what was meant is a remedy. */
    public Problem {
        Matcher question = QUESTION.matcher(message);
        if (question.matches()) {
            message = question.group(1);
            remedy = (remedy + " " + question.group(2)).strip();
        }
    }

    /** An error that has no place in a file. */
    public static Problem error(String message) {
        return error(message, "");
    }

    /** An error that has no place in a file. */
    public static Problem error(String message, String remedy) {
        return new Problem(Severity.ERROR, "", 0, 0, message, remedy, "");
    }

    /** The same with another severity. */
    public Problem as(Severity other) {
        return new Problem(other, file, line, column, message, remedy, source);
    }

    /** The same place, in other words. */
    public Problem withMessage(String words, String todo) {
        return new Problem(severity, file, line, column, words, todo, source);
    }

    /** What is wrong and what to do, as sentences in one line. */
    public String sentences() {
        String first =
                remedy.isEmpty() || message.matches("(?s).*[.:?!…]") ? message : message + ".";
        return remedy.isEmpty() ? message : first + " " + remedy;
    }

    /** Where it is, as {@code file:line:column}. */
    public String place() {
        return file + ":" + line + ":" + column;
    }

    /** Ready to print: file, line, column and sentences, then the line with a caret. */
    public String text() {
        if (file.isEmpty()) {
            return sentences();
        }
        if (line == 0) {
            return file + ": " + sentences();
        }
        String number = String.valueOf(line);
        return "%s:%d:%d: %s%n  %s | %s%n  %s | %s^"
                .formatted(
                        file,
                        line,
                        column,
                        sentences(),
                        number,
                        source.stripTrailing().replace('\t', ' '),
                        " ".repeat(number.length()),
                        " ".repeat(Math.max(0, column - 1)));
    }
}
