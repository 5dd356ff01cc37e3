package io.millrace.functions.text;

import io.millrace.functions.value.Bytes;
import java.util.List;

/** Texts, bytes, and arrays of them and of bytes, which Erlang takes for one sequence of bytes. */
public final class IoData {
    private static final int MOST_DEPTH = 500;

    private IoData() {}

    /** How many bytes, or -1 if a value is no such sequence. */
    public static long size(Object value) {
        return size(value, 0);
    }

    private static long size(Object value, int depth) {
        if (value instanceof String || value instanceof Bytes) {
            return Bytes.of(value).length;
        }
        if (!(value instanceof List<?> list) || depth > MOST_DEPTH) {
            return -1;
        }
        long size = 0;
        for (Object element : list) {
            long more = isByte(element) ? 1 : size(element, depth + 1);
            if (more < 0) {
                return -1;
            }
            size += more;
        }
        return size;
    }

    private static boolean isByte(Object value) {
        return value instanceof Long integer && integer >= 0 && integer <= 255;
    }

    /** Appends the bytes as Latin-1 and tells whether a value is such a sequence. */
    static boolean append(StringBuilder out, Object value) {
        if (size(value) < 0) {
            return false;
        }
        appendAll(out, value);
        return true;
    }

    private static void appendAll(StringBuilder out, Object value) {
        if (value instanceof List<?> list) {
            for (Object element : list) {
                if (element instanceof Long integer) {
                    out.append((char) (long) integer);
                } else {
                    appendAll(out, element);
                }
            }
        } else {
            out.append(Latin1.of(value));
        }
    }
}
