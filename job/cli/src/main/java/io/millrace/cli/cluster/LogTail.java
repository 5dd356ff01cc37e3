package io.millrace.cli.cluster;

import java.util.List;

/** The end of a log, and later what has come since. Not thread-safe. */
final class LogTail {
    private String seen = "";

    /** The last lines, at most so many. */
    List<String> last(String log, int lines) {
        seen = wholeLines(log);
        List<String> all = seen.lines().toList();
        return all.subList(Math.max(0, all.size() - lines), all.size());
    }

    /** The lines since the last look. A log that begins anew was rolled over. */
    List<String> more(String log) {
        String whole = wholeLines(log);
        String added =
                whole.startsWith(head()) && whole.length() >= seen.length()
                        ? whole.substring(seen.length())
                        : whole;
        seen = whole;
        return added.lines().toList();
    }

    private String head() {
        return seen.substring(0, Math.min(seen.length(), 200));
    }

    /** A line that is still being written is read with the next look. */
    private static String wholeLines(String log) {
        return log.substring(0, log.lastIndexOf('\n') + 1);
    }
}
