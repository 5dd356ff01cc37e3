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
    private final boolean leavesState;
    private Optional<MovedState> moved = Optional.empty();

    private Restore(String folder, StateFit fit, boolean leavesState) {
        this.folder = folder;
        this.fit = fit;
        this.leavesState = leavesState;
    }

    /**
     * Compares the job with the state.
     *
     * @param folder URI of the savepoint or checkpoint
     * @param endedOrderly whether the job that the state is of has ended well with it
     * @throws UnreadableStateException if the state cannot be read from here
     */
    public static Restore of(String folder, List<JobOperator> planned, boolean endedOrderly)
            throws UnreadableStateException {
        return of(folder(folder), SavedState.read(folder(folder)), planned, endedOrderly);
    }

    /** Does the same with a savepoint or checkpoint of which only the place is known. */
    public static Restore of(String folder, List<JobOperator> planned)
            throws UnreadableStateException {
        SavedState state = SavedState.read(folder(folder));
        return of(folder(folder), state, planned, state.madeAtEnd());
    }

    /** Flink takes the file in it for the folder, too. */
    private static String folder(String given) {
        return given.replaceFirst("/+(" + SavedState.METADATA + "/*)?$", "");
    }

    private static Restore of(
            String folder, SavedState state, List<JobOperator> planned, boolean endedOrderly) {
        StateFit fit = StateFit.of(state.operators(), planned, endedOrderly);
        // Only then, so that Flink finds out should this comparison be wrong.
        return new Restore(folder, fit, fit.leavesState());
    }

    /**
     * A job whose state cannot be read from here, such as that of a cluster elsewhere: Flink alone
     * finds out what the job can go on with.
     *
     * @param mayLeaveState whether what it cannot go on with is left aside; else it does not start
     */
    public static Restore unseen(String folder, boolean mayLeaveState) {
        return new Restore(folder, StateFit.NOTHING, mayLeaveState);
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
        options.set(StateRecoveryOptions.SAVEPOINT_IGNORE_UNCLAIMED_STATE, leavesState);
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
            moved = Optional.empty();
        }
    }
}
