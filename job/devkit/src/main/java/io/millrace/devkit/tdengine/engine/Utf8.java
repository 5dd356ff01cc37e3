package io.millrace.devkit.tdengine.engine;

/** Counts characters in UTF-8. */
final class Utf8 {
    private Utf8() {}

    /** Number of characters (code points), or -1 if the bytes are not UTF-8. */
    static int characters(byte[] bytes, int from, int length) {
        int end = from + length;
        int count = 0;
        for (int at = from; at < end; count++) {
            int first = bytes[at];
            if (first >= 0) {
                at++;
                continue;
            }
            int more = first >> 5 == -2 ? 1 : first >> 4 == -2 ? 2 : first >> 3 == -2 ? 3 : -1;
            if (more < 0 || at + more >= end) {
                return -1;
            }
            for (int i = 1; i <= more; i++) {
                if ((bytes[at + i] & 0xc0) != 0x80) {
                    return -1;
                }
            }
            at += more + 1;
        }
        return count;
    }
}
