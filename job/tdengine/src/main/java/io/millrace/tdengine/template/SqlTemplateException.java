package io.millrace.tdengine.template;

/**
 * A template is wrong or asks for what cannot be done. The message says where, what and how else.
 */
public final class SqlTemplateException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int line;
    private final int column;

    SqlTemplateException(int line, int column, String problem) {
        super("SQL template, line " + line + ", column " + column + ": " + problem);
        this.line = line;
        this.column = column;
    }

    /** The line of the problem, from 1. */
    public int line() {
        return line;
    }

    /** The column of the problem in its line, from 1. */
    public int column() {
        return column;
    }
}
