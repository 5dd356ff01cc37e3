package io.millrace.functions.value;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Joins texts and bytes to one. Not for several threads. */
public final class TextJoiner {
    private final StringBuilder text = new StringBuilder();

    /** What came before the text if there were bytes, or null. */
    private byte[] before;

    /**
     * Adds a text or {@link Bytes}.
     *
     * @throws FunctionException {@code system_limit} if it becomes too long
     */
    public void add(Object part) {
        if (part instanceof String some) {
            text.append(some);
        } else {
            flush();
            append(Bytes.of(part));
        }
        TextForm.limit((before == null ? 0L : before.length) + text.length());
    }

    private void flush() {
        append(text.toString().getBytes(StandardCharsets.UTF_8));
        text.setLength(0);
    }

    private void append(byte[] bytes) {
        int length = before == null ? 0 : before.length;
        before =
                before == null
                        ? new byte[bytes.length]
                        : Arrays.copyOf(before, length + bytes.length);
        System.arraycopy(bytes, 0, before, length, bytes.length);
    }

    /** The whole: a text, or {@link Bytes} if it is no UTF-8. */
    public Object value() {
        if (before == null) {
            return text.toString();
        }
        flush();
        return Bytes.value(before);
    }
}
