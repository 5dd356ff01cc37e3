package io.millrace.cli.cluster;

/** Words of commands that are shown to be pasted into a shell. Stateless. */
public final class ShellWord {
    private ShellWord() {}

    /** The word, in quotes if it needs them. */
    public static String of(String word) {
        return word.matches("[A-Za-z0-9_./:=,@%+-]+")
                ? word
                : "'" + word.replace("'", "'\\''") + "'";
    }
}
