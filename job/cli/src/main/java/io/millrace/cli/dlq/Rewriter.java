package io.millrace.cli.dlq;

/** Writes letters of one origin again. */
public interface Rewriter extends AutoCloseable {
    /** One letter cannot be written, for a reason that does not concern others. */
    final class LetterFailedException extends Exception {
        private static final long serialVersionUID = 1L;

        LetterFailedException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /**
     * Writes a letter, or with {@code dryRun} only finds out what it would write.
     *
     * @return what was written where, in a few words
     * @throws LetterFailedException if this letter cannot be written
     * @throws Exception if none can
     */
    String write(Letter letter, boolean dryRun) throws Exception;

    @Override
    void close();
}
