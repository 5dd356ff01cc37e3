package io.millrace.tdengine.sink.row;

import io.millrace.tdengine.client.TargetColumn;
import java.nio.charset.StandardCharsets;

/** Finds values that are longer than their column. */
@FunctionalInterface
interface LengthCheck {
    void check(byte[] value) throws RowRejectedException;

    static LengthCheck of(TargetColumn column) {
        int limit = column.length();
        return switch (column.type()) {
            case NCHAR ->
                    value -> {
                        // Fewer bytes than characters is impossible, so most values pass here.
                        if (value.length > limit && StringText.characters(value) > limit) {
                            throw tooLong(
                                    column, value, StringText.characters(value), "characters");
                        }
                    };
            case VARCHAR, VARBINARY ->
                    value -> {
                        if (value.length > limit) {
                            throw tooLong(column, value, value.length, "bytes");
                        }
                    };
            default -> value -> {};
        };
    }

    private static RowRejectedException tooLong(
            TargetColumn column, byte[] value, int length, String unit) {
        String shown = new String(value, 0, Math.min(value.length, 240), StandardCharsets.UTF_8);
        return RowRejectedException.tooLong(
                "'"
                        + PlainValues.shortened(shown)
                        + "' has "
                        + length
                        + " "
                        + unit
                        + "; "
                        + column.describeType()
                        + " holds "
                        + column.length(),
                length);
    }
}
