package io.millrace.tdengine.sink;

import io.millrace.common.deadletter.DeadLetter;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;

/** Is told what a sink would do, instead of a server. Called by one thread at a time. */
public interface Rehearsal extends Serializable {
    /** Rows that one statement would write. */
    void writes(String statement, List<RehearsedRow> rows) throws IOException;

    /** A definition or a deletion that would be carried out. */
    void executes(String statement) throws IOException;

    /** A row that can never be written. */
    void keeps(DeadLetter letter) throws IOException;

    /** Why nothing can be written at all, whatever the rows are. */
    void fails(String reason) throws IOException;
}
