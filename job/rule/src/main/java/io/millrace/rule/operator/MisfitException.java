package io.millrace.rule.operator;

import io.millrace.functions.value.Described;

/**
 * A value of a rule's output that its target column cannot hold. It is common where devices send
 * rubbish, so it carries no stack.
 */
final class MisfitException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String column;
    private final String value;

    /**
     * @param reason what is wrong; whoever knows the column puts it in front
     */
    MisfitException(String reason) {
        this(reason, "", "");
    }

    private MisfitException(String reason, String column, String value) {
        super(reason, null, false, false);
        this.column = column;
        this.value = value;
    }

    MisfitException at(String name, Object misfit) {
        return new MisfitException(
                "Column '%s': %s".formatted(name, getMessage()), name, Described.of(misfit));
    }

    /** The column's name. */
    String column() {
        return column;
    }

    /** The value, shortened. */
    String value() {
        return value;
    }
}
