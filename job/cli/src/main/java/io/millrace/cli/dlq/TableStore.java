package io.millrace.cli.dlq;

import io.millrace.rule.RuleException;
import io.millrace.tdengine.client.TDengineConnection;
import io.millrace.tdengine.letters.LetterTable;
import io.millrace.tdengine.letters.StoredLetters;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Letters in a table of TDengine. */
public final class TableStore implements LetterStore {
    private static final int PAGE = 100;

    private final LetterTable table;
    private final Supply connections;
    private final boolean mustExist;
    private StoredLetters letters;

    /** Gives the connection, opened with the first call. */
    @FunctionalInterface
    public interface Supply {
        TDengineConnection get() throws SQLException;
    }

    /**
     * @param mustExist whether it is a mistake if the table is not there; else it has no letters
     */
    public TableStore(LetterTable table, Supply connections, boolean mustExist) {
        this.table = table;
        this.connections = connections;
        this.mustExist = mustExist;
    }

    @Override
    public String name() {
        return "table:" + table;
    }

    @Override
    public void read(Instant since, boolean toMark, Reader reader) throws Exception {
        Optional<StoredLetters> found = StoredLetters.open(connections.get(), table);
        if (found.isEmpty()) {
            if (mustExist) {
                throw new RuleException("There is no table '" + table + "' with dead letters.");
            }
            return;
        }
        letters = found.get();
        long offset = 0;
        List<StoredLetters.Stored> page;
        do {
            page = letters.page(since, PAGE, offset);
            for (StoredLetters.Stored stored : page) {
                Letter letter =
                        new Letter(stored.at(), stored.members(), stored.replayed(), this, stored);
                if (!reader.take(letter)) {
                    return;
                }
            }
            offset += page.size();
        } while (page.size() == PAGE);
    }

    @Override
    public void markReplayed(Letter letter) throws SQLException {
        letters.markReplayed((StoredLetters.Stored) letter.place());
    }

    @Override
    public void close() {
        // the connection is its giver's
    }
}
