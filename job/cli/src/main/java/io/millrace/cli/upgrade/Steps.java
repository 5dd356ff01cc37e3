package io.millrace.cli.upgrade;

import io.millrace.cli.fit.StateFit;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** What an {@link Upgrade} does at a cluster. Used by one thread. */
interface Steps {
    /**
     * Compares the state of the job, which runs on, with the new version.
     *
     * @return empty if the state cannot be read from here and need not be
     */
    Optional<StateFit> look() throws IOException, InterruptedException;

    /** What becomes of such state, in lines. */
    List<String> report(StateFit fit);

    /** That the new version may wait for slots, if that is so. */
    Optional<String> shortage();

    /** Whether the version that runs is known here, to go back to. */
    boolean knowsBefore() throws IOException;

    /**
     * Stops the job.
     *
     * @return where its savepoint is
     */
    String stop() throws IOException, InterruptedException;

    /** Compares the savepoint that the job was stopped with; as {@link #look} does. */
    Optional<StateFit> compare(String savepoint) throws IOException, InterruptedException;

    /** Submits the new version, to go on from the savepoint that was compared last. */
    Start start() throws IOException, InterruptedException;

    /** Makes the savepoint again what it was. */
    void undo() throws IOException;

    /** Submits the version before, to go on from a savepoint; empty if it is not known here. */
    Optional<Start> startBefore(String savepoint) throws IOException, InterruptedException;

    /** Keeps the new version, to go back to from a later one. */
    void keep(Start started) throws IOException;

    /** How to start the version before by hand. */
    String command(String savepoint) throws IOException;
}
