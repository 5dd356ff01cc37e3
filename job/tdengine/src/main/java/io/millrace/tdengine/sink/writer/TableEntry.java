package io.millrace.tdengine.sink.writer;

import io.millrace.tdengine.client.SqlText;
import java.nio.charset.StandardCharsets;

/** A table or sub-table that this writer has seen. */
final class TableEntry {
    private final String name;
    private final byte[] qualifiedName;
    private final byte[] usingClause;
    private final boolean namedByRow;

    /** Task thread only: the batch in which {@link #tableNumber} is valid. */
    private long batchNumber = -1;

    /** Task thread only. */
    private int tableNumber;

    /** Sending thread only: whether it exists, so that it need not be created. */
    private boolean known;

    /**
     * Makes an entry.
     *
     * @param usingClause creates it; empty if it must exist
     * @param namedByRow whether a device could have made up the name, so that a missing table is a
     *     fault of the row
     */
    TableEntry(String database, String name, byte[] usingClause, boolean namedByRow) {
        this.name = name;
        this.qualifiedName =
                (SqlText.name(database) + "." + SqlText.name(name))
                        .getBytes(StandardCharsets.UTF_8);
        this.usingClause = usingClause;
        this.namedByRow = namedByRow;
    }

    String name() {
        return name;
    }

    byte[] qualifiedName() {
        return qualifiedName;
    }

    /** The name for messages, with the super table if there is one. */
    String qualifiedText() {
        String using = new String(usingClause, StandardCharsets.UTF_8);
        int tags = using.indexOf(" TAGS ");
        return new String(qualifiedName, StandardCharsets.UTF_8)
                + (tags < 0 ? "" : using.substring(0, tags));
    }

    byte[] usingClause() {
        return usingClause;
    }

    /** Whether the row's data alone decide on this name and nothing creates the table. */
    boolean isMissingByFaultOfRow() {
        return namedByRow && usingClause.length == 0;
    }

    boolean isCreatedOnDemand() {
        return usingClause.length > 0;
    }

    boolean isKnown() {
        return known;
    }

    void setKnown(boolean known) {
        this.known = known;
    }

    boolean isIn(long batch) {
        return batchNumber == batch;
    }

    int tableNumber() {
        return tableNumber;
    }

    void enter(long batch, int number) {
        batchNumber = batch;
        tableNumber = number;
    }
}
