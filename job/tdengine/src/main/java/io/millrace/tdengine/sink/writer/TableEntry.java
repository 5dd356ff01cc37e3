package io.millrace.tdengine.sink.writer;

import io.millrace.tdengine.client.SqlText;
import io.millrace.tdengine.sink.row.TagValues;
import java.nio.charset.StandardCharsets;

/** A table or sub-table that this writer has seen. */
final class TableEntry {
    private final String database;
    private final String name;
    private final byte[] qualifiedName;
    private final TagValues tags;
    private final boolean namedByRow;
    private final boolean plainName;

    /** Task thread only: the batch in which {@link #tableNumber} is valid. */
    private long batchNumber = -1;

    /** Task thread only. */
    private int tableNumber;

    /** Sending thread only: whether it exists, so that it need not be created. */
    private boolean known;

    /**
     * Makes an entry.
     *
     * @param tags create it; null if it must exist
     * @param namedByRow whether a device could have made up the name, so that a missing table is a
     *     fault of the row
     */
    TableEntry(String database, String name, TagValues tags, boolean namedByRow) {
        this.database = database;
        this.name = name;
        this.qualifiedName =
                (SqlText.name(database) + "." + SqlText.name(name))
                        .getBytes(StandardCharsets.UTF_8);
        this.tags = tags;
        this.namedByRow = namedByRow;
        this.plainName = isPlain(name);
    }

    private static boolean isPlain(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
            if (!letter && (i == 0 || c < '0' || c > '9')) {
                return false;
            }
        }
        return true;
    }

    String database() {
        return database;
    }

    boolean isNamedByRow() {
        return namedByRow;
    }

    String name() {
        return name;
    }

    byte[] qualifiedName() {
        return qualifiedName;
    }

    /** The name for messages, with the super table if there is one. */
    String qualifiedText() {
        return new String(qualifiedName, StandardCharsets.UTF_8)
                + (tags == null ? "" : " USING " + tags.kind().superTable());
    }

    /**
     * Whether the name is a word. The server (3.3.6) reads a name that is a parameter up to the
     * first other sign, and puts the rows into whatever table that is.
     */
    boolean hasPlainName() {
        return plainName;
    }

    /** What creates it; null if it must exist. */
    TagValues tags() {
        return tags;
    }

    /** Whether the row's data alone decide on this name and nothing creates the table. */
    boolean isMissingByFaultOfRow() {
        return namedByRow && tags == null;
    }

    boolean isCreatedOnDemand() {
        return tags != null;
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

    /** The last batch that had a row of the table; -1 if none had. */
    long batchNumber() {
        return batchNumber;
    }

    int tableNumber() {
        return tableNumber;
    }

    void enter(long batch, int number) {
        batchNumber = batch;
        tableNumber = number;
    }
}
