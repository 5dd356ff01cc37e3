package io.millrace.rule.trial;

/** Says in one line why a job failed. Stateless. */
final class FailureTexts {
    private FailureTexts() {}

    /** The innermost cause that says something. */
    static String of(Throwable failure) {
        Throwable innermost = failure;
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t.getMessage() != null && !t.getMessage().isBlank()) {
                innermost = t;
            }
        }
        String message = innermost.getMessage().lines().findFirst().orElse("").strip();
        // A sentence speaks for itself; "/ by zero" needs the exception's name.
        String name = innermost.getClass().getSimpleName();
        boolean bare = !message.contains(" ") || message.startsWith("/");
        return bare ? name + ": " + message : message;
    }
}
