package io.millrace.common.deadletter;

import java.io.Closeable;
import java.io.IOException;

/** Keeps dead letters. One owner, one thread. */
public interface DeadLetterWriter extends Closeable {
    /**
     * Takes a letter. It is durable after the next {@link #flush()}.
     *
     * @throws DeadLetterException if the target is {@code fail}
     */
    void write(DeadLetter letter) throws IOException;

    /** Makes all letters taken so far durable. Called before each checkpoint. */
    void flush() throws IOException;
}
