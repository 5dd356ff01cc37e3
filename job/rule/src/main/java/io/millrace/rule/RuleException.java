package io.millrace.rule;

/**
 * A rule or a settings file is wrong. The message is ready to print: file, line, column, what is
 * wrong and what to do, then the line with a caret.
 */
public class RuleException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public RuleException(String message) {
        super(message);
    }

    public RuleException(String message, Throwable cause) {
        super(message, cause);
    }
}
