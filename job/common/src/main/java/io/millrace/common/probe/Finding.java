package io.millrace.common.probe;

/**
 * What one look has found.
 *
 * @param found what there is, without secrets
 * @param remedy what to do about it; empty if there is nothing to do
 */
public record Finding(Verdict verdict, String found, String remedy) {

    /** As it should be. */
    public static Finding good(String found) {
        return new Finding(Verdict.GOOD, found, "");
    }

    /** Works, but. */
    public static Finding warning(String found, String remedy) {
        return new Finding(Verdict.WARNING, found, remedy);
    }

    /** Does not work. */
    public static Finding bad(String found, String remedy) {
        return new Finding(Verdict.BAD, found, remedy);
    }

    /** Not to be seen from here. */
    public static Finding unknown(String found, String remedy) {
        return new Finding(Verdict.UNKNOWN, found, remedy);
    }

    /**
     * Takes a message apart whose last sentences tell what to do, as those of the connectors do.
     *
     * @param otherwise the remedy if the message is one sentence
     */
    public static Finding bad(Throwable failure, String otherwise) {
        String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        int end = endOfSentence(message);
        return end < 0
                ? bad(message, otherwise)
                : bad(message.substring(0, end + 1), message.substring(end + 2));
    }

    private static int endOfSentence(String message) {
        for (int i = 0; i + 2 < message.length(); i++) {
            char mark = message.charAt(i);
            if ((mark == '.' || mark == '?')
                    && message.charAt(i + 1) == ' '
                    && Character.isUpperCase(message.charAt(i + 2))) {
                return i;
            }
        }
        return -1;
    }
}
