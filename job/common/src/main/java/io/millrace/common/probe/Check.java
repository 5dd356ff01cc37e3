package io.millrace.common.probe;

/**
 * One check of a connection.
 *
 * @param name what was looked at, such as {@code TCP}
 * @param found what there is, without secrets
 * @param remedy what to do; empty if there is nothing to do
 * @param millis how long it took; 0 if nothing was asked
 */
public record Check(String name, Verdict verdict, String found, String remedy, long millis) {
    /** Whether what needs this cannot work either. */
    public boolean isBad() {
        return verdict == Verdict.BAD;
    }
}
