package io.millrace.rule.check;

import io.millrace.rule.Problem;

/**
 * Something that was found, without its place.
 *
 * @param message what, and what to do
 */
public record Finding(Problem.Severity severity, String message) {
    static Finding error(String message) {
        return new Finding(Problem.Severity.ERROR, message);
    }

    static Finding warning(String message) {
        return new Finding(Problem.Severity.WARNING, message);
    }

    static Finding note(String message) {
        return new Finding(Problem.Severity.NOTE, message);
    }
}
