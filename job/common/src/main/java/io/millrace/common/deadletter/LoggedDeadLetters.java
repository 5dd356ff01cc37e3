package io.millrace.common.deadletter;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs each letter as a warning. */
final class LoggedDeadLetters implements DeadLetterWriter {
    private static final Logger LOG = LoggerFactory.getLogger(LoggedDeadLetters.class);

    @Override
    public void write(DeadLetter letter) {
        LOG.warn("Dead letter: {}", letter.json());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
