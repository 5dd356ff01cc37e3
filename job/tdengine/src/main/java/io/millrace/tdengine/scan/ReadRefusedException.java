package io.millrace.tdengine.scan;

/** Something cannot be read, and no repetition will help. The message is for the user. */
public final class ReadRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ReadRefusedException(String message) {
        super(message);
    }

    public ReadRefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
