package io.millrace.tdengine.sink.row;

/**
 * A row that TDengine can never take. It is no fault of the program and common where devices send
 * rubbish, so it carries no stack.
 */
public final class RowRejectedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean byLimit;
    private final String column;
    private final int neededLength;

    /**
     * Rejects a row.
     *
     * @param reason what is wrong; where it concerns one column, the caller puts the column's name
     *     in front
     */
    public RowRejectedException(String reason) {
        this(reason, false, null, 0);
    }

    private RowRejectedException(String reason, boolean byLimit, String column, int neededLength) {
        super(reason, null, false, false);
        this.byLimit = byLimit;
        this.column = column;
        this.neededLength = neededLength;
    }

    /** Rejects a row because of a limit that an operator can move while the job runs. */
    static RowRejectedException byLimit(String reason) {
        return new RowRejectedException(reason, true, null, 0);
    }

    /** Rejects a row because its column would have to be so long, in the column's unit. */
    static RowRejectedException tooLong(String reason, int neededLength) {
        return new RowRejectedException(reason, true, null, neededLength);
    }

    /** Whether the table, described afresh, may take the row. */
    public boolean byLimit() {
        return byLimit;
    }

    /** The column that is at fault; null if that is not known. */
    public String column() {
        return column;
    }

    /** How long the column would have to be, in its unit; 0 if that is not what is wrong. */
    public int neededLength() {
        return neededLength;
    }

    /** The same with the column that is at fault. */
    RowRejectedException at(String name) {
        return new RowRejectedException(
                "Column '" + name + "': " + getMessage(), byLimit, name, neededLength);
    }
}
