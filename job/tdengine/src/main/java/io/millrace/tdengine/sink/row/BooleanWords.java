package io.millrace.tdengine.sink.row;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Truth written as text. */
final class BooleanWords {
    private BooleanWords() {}

    static boolean parse(byte[] utf8) throws RowRejectedException {
        String text = new String(utf8, StandardCharsets.UTF_8).strip();
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            default ->
                    throw new RowRejectedException(
                            "'"
                                    + PlainValues.shortened(text)
                                    + "' is no BOOL; allowed are true, false, 1 and 0");
        };
    }
}
