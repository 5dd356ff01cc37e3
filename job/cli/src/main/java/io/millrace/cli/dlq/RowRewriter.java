package io.millrace.cli.dlq;

import io.millrace.tdengine.client.TDengineError;
import io.millrace.tdengine.letters.RowReplay;
import java.sql.SQLException;

/** Writes rows into their tables. */
public final class RowRewriter implements Rewriter {
    private final TableStore.Supply connections;
    private RowReplay replay;

    public RowRewriter(TableStore.Supply connections) {
        this.connections = connections;
    }

    @Override
    public String write(Letter letter, boolean dryRun) throws Exception {
        if (replay == null) {
            replay = new RowReplay(connections.get());
        }
        try {
            if (dryRun) {
                replay.statement(letter.members());
            } else {
                replay.write(letter.members());
            }
        } catch (RowReplay.NotPossibleException | IllegalArgumentException e) {
            throw new LetterFailedException(e.getMessage(), e);
        } catch (SQLException e) {
            TDengineError error = TDengineError.of(e);
            switch (error.kind()) {
                case BAD_ROW, MISSING_TABLE ->
                        throw new LetterFailedException("TDengine refuses: " + error, e);
                default -> throw e;
            }
        }
        return "row into " + letter.target();
    }

    @Override
    public void close() {
        // the connection is its giver's
    }
}
