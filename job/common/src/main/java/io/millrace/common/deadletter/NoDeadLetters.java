package io.millrace.common.deadletter;

/** Fails at the first letter. */
final class NoDeadLetters implements DeadLetterWriter {
    @Override
    public void write(DeadLetter letter) throws DeadLetterException {
        throw new DeadLetterException(
                "A dead letter came up and the dead-letter option is 'fail': " + letter.json());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
