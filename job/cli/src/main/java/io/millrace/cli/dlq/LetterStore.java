package io.millrace.cli.dlq;

import java.time.Instant;

/** Where dead letters are kept: a folder or a table. */
public interface LetterStore extends AutoCloseable {
    /** As options name it. */
    String name();

    /** Takes letters in turn; may throw. */
    @FunctionalInterface
    interface Reader {
        /**
         * @return whether to go on
         */
        boolean take(Letter letter) throws Exception;
    }

    /**
     * Reads letters, replayed ones too, roughly in the order of their time.
     *
     * @param since older ones are left out
     * @param toMark whether letters will be {@linkplain #markReplayed marked}; if that is
     *     impossible this throws before the first
     */
    void read(Instant since, boolean toMark, Reader reader) throws Exception;

    /** Says of the letter that was read last that it is written again, durably. */
    void markReplayed(Letter letter) throws Exception;

    @Override
    void close();
}
