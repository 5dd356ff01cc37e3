package io.millrace.cli.fit;

import io.millrace.rule.JobOperator;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;

/** A planned job that goes on from a savepoint or checkpoint. Not thread-safe. */
public final class Restore {
    private final String folder;
    private final StateFit fit;
    private Optional<MovedState> moved = Optional.empty();

    private Restore(String folder, StateFit fit) {
        this.folder = folder;
        this.fit = fit;
    }

    /**
     * Compares the job with the state.
     *
     * @param folder URI of the savepoint or checkpoint
     * @param endedOrderly whether the job that the state is of has ended well with it
     * @throws IOException if the state cannot be read from here
     */
    public static Restore of(String folder, List<JobOperator> planned, boolean endedOrderly)
            throws IOException {
        return new Restore(folder, StateFit.of(SavedState.read(folder), planned, endedOrderly));
    }

    /** What becomes of the state. */
    public StateFit fit() {
        return fit;
    }

    /**
     * Makes the state ready for the job, and says how to start it. State that is lost is left
     * aside: whoever calls has made sure that this is wanted.
     */
    public Configuration prepare() throws IOException {
        if (!fit.moves().isEmpty()) {
            moved = Optional.of(MovedState.in(folder, fit.moves()));
        }
        Configuration options = new Configuration();
        options.set(StateRecoveryOptions.SAVEPOINT_PATH, folder);
        // Only then, so that Flink finds out should this comparison be wrong.
        options.set(StateRecoveryOptions.SAVEPOINT_IGNORE_UNCLAIMED_STATE, fit.leavesState());
        return options;
    }

    /** Keeps no copy of what {@link #prepare} has changed. */
    public void forget() throws IOException {
        if (moved.isPresent()) {
            moved.get().forget();
        }
    }

    /** Makes the state what it was before {@link #prepare}. */
    public void undo() throws IOException {
        if (moved.isPresent()) {
            moved.get().undo();
        }
    }
}
