package io.millrace.tdengine.sink.writer;

import io.millrace.common.deadletter.DeadLetterTarget;
import io.millrace.common.deadletter.DeadLetterWriter;
import io.millrace.tdengine.client.TDengineConnectionSettings;
import io.millrace.tdengine.letters.LetterTable;

/** Dead letters go to a table: {@code 'table:NAME'}. */
public record TableTarget(
        LetterTable table, TDengineConnectionSettings connection, RetryPolicy retry)
        implements DeadLetterTarget {
    private static final long serialVersionUID = 1L;

    /** Reads {@code table:NAME} for a connection, in whose database or another it lies. */
    public static DeadLetterTarget.Kind kind(
            String database, TDengineConnectionSettings connection, RetryPolicy retry) {
        return new DeadLetterTarget.Kind(
                "table",
                "'table:NAME' (a table of TDengine)",
                name -> new TableTarget(LetterTable.parse(name, database), connection, retry));
    }

    @Override
    public DeadLetterWriter open(String owner) {
        return new TableDeadLetters(
                table,
                new RetryingSession(
                        Session.with(connection),
                        retry,
                        time -> Thread.sleep(time.toMillis()),
                        connection.url(),
                        () -> {}));
    }
}
