package io.millrace.rule.check;

import io.millrace.rule.Problem;

/**
 * Something that was found, without its place.
 *
 * @param message what
 * @param remedy what to do; empty if there is nothing, or the message says it
 */
public record Finding(Problem.Severity severity, String message, String remedy) {
    static Finding error(String message) {
        return error(message, "");
    }

    static Finding error(String message, String remedy) {
        return new Finding(Problem.Severity.ERROR, message, remedy);
    }

    static Finding warning(String message) {
        return warning(message, "");
    }

    static Finding warning(String message, String remedy) {
        return new Finding(Problem.Severity.WARNING, message, remedy);
    }

    static Finding note(String message) {
        return note(message, "");
    }

    static Finding note(String message, String remedy) {
        return new Finding(Problem.Severity.NOTE, message, remedy);
    }
}
