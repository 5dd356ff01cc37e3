package io.millrace.tdengine.catalog;

import io.millrace.common.Problems;
import java.nio.charset.StandardCharsets;

/** What TDengine allows as names. Stateless. */
final class NameRules {
    static final int LONGEST_DATABASE = 64;
    static final int LONGEST_TABLE = 192;
    static final int LONGEST_COLUMN = 64;

    private NameRules() {}

    static void check(Problems problems, String what, String name, int longest) {
        int length = name.getBytes(StandardCharsets.UTF_8).length;
        problems.require(
                length >= 1 && length <= longest,
                "The name of "
                        + what
                        + " '"
                        + name
                        + "' has "
                        + length
                        + " bytes; allowed are 1 to "
                        + longest
                        + ".");
        problems.require(
                isPossible(name),
                "The name of "
                        + what
                        + " '"
                        + name
                        + "' has characters that TDengine does not allow: a dot, a back-tick or one"
                        + " that cannot be printed in ASCII.");
    }

    /** Whether TDengine could have a table or database of that name. */
    static boolean isPossible(String name) {
        return !name.isEmpty()
                && name.length() <= LONGEST_TABLE
                && name.chars().allMatch(c -> c >= ' ' && c <= '~' && c != '`' && c != '.');
    }
}
