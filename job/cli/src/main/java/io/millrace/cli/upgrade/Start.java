package io.millrace.cli.upgrade;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/** A version of a job that was just submitted. Used by one thread. */
interface Start {
    /** Flink's id of the job. */
    String job();

    /** Waits until it has proved itself; returns what is wrong, if something is. */
    Optional<String> await() throws IOException, InterruptedException;

    /** When all of its tasks were seen to run first. */
    Optional<Instant> since();

    /**
     * Ends it.
     *
     * @return whether it had completed a checkpoint, and so acknowledged messages
     * @throws IOException if it is not sure that it has ended
     */
    boolean giveUp() throws IOException, InterruptedException;
}
