package io.millrace.tdengine.sink.row;

/**
 * A row that TDengine can never take. It is no fault of the program and common where devices send
 * rubbish, so it carries no stack.
 */
public final class RowRejectedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean byLimit;

    /**
     * Rejects a row.
     *
     * @param reason what is wrong; where it concerns one column, the caller puts the column's name
     *     in front
     */
    public RowRejectedException(String reason) {
        this(reason, false);
    }

    private RowRejectedException(String reason, boolean byLimit) {
        super(reason, null, false, false);
        this.byLimit = byLimit;
    }

    /** Rejects a row because of a limit that an operator can move while the job runs. */
    static RowRejectedException byLimit(String reason) {
        return new RowRejectedException(reason, true);
    }

    /** Whether the table, described afresh, may take the row. */
    public boolean byLimit() {
        return byLimit;
    }

    /** The same with the column that is at fault. */
    RowRejectedException at(String column) {
        return new RowRejectedException("Column '" + column + "': " + getMessage(), byLimit);
    }
}
