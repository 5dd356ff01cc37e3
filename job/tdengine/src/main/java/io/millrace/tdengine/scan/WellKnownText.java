package io.millrace.tdengine.scan;

import java.math.BigDecimal;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Writes geometries as well-known text. The server's own function rounds to six decimals, so that
 * what was written would not be read again; here every digit is kept. Belongs to one geometry.
 */
final class WellKnownText {
    private static final int WITH_Z = 0x80000000;
    private static final int WITH_M = 0x40000000;
    private static final int WITH_SRID = 0x20000000;
    private static final int COLLECTION = 7;
    private static final String[] NAMES = {
        "",
        "POINT",
        "LINESTRING",
        "POLYGON",
        "MULTIPOINT",
        "MULTILINESTRING",
        "MULTIPOLYGON",
        "GEOMETRYCOLLECTION"
    };

    private final StringBuilder text = new StringBuilder();
    private final ByteBuffer binary;

    private WellKnownText(byte[] binary) {
        this.binary = ByteBuffer.wrap(binary);
    }

    /**
     * Reads well-known binary.
     *
     * @throws IllegalArgumentException if it is none
     */
    static String of(byte[] binary) {
        WellKnownText writer = new WellKnownText(binary);
        try {
            writer.shape(true);
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("A geometry is cut off.", e);
        }
        return writer.text.toString();
    }

    private void shape(boolean named) {
        binary.order(binary.get() == 0 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        int code = binary.getInt();
        if ((code & WITH_SRID) != 0) {
            binary.getInt();
        }
        int plain = code & ~(WITH_Z | WITH_M | WITH_SRID);
        int kind = plain % 1000;
        boolean z = (code & WITH_Z) != 0 || plain / 1000 == 1 || plain / 1000 == 3;
        boolean m = (code & WITH_M) != 0 || plain / 1000 == 2 || plain / 1000 == 3;
        if (kind < 1 || kind >= NAMES.length) {
            throw new IllegalArgumentException("A geometry has the unknown kind " + code + ".");
        }
        int dimensions = 2 + (z ? 1 : 0) + (m ? 1 : 0);
        if (named) {
            text.append(NAMES[kind]).append(z || m ? " " : "");
            text.append(z ? "Z" : "").append(m ? "M" : "").append(' ');
        }
        switch (kind) {
            case 1 -> point(dimensions);
            case 2 -> line(dimensions);
            case 3 -> many(() -> line(dimensions));
            default -> many(() -> shape(kind == COLLECTION));
        }
    }

    private void point(int dimensions) {
        int start = text.length();
        boolean empty = true;
        text.append('(');
        for (int i = 0; i < dimensions; i++) {
            double value = binary.getDouble();
            empty &= Double.isNaN(value);
            text.append(i == 0 ? "" : " ").append(number(value));
        }
        text.append(')');
        if (empty) {
            text.setLength(start);
            text.append("EMPTY");
        }
    }

    private static String number(double value) {
        return Double.isFinite(value)
                ? new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString()
                : String.valueOf(value);
    }

    private void line(int dimensions) {
        many(
                () -> {
                    for (int i = 0; i < dimensions; i++) {
                        text.append(i == 0 ? "" : " ").append(number(binary.getDouble()));
                    }
                });
    }

    private void many(Runnable part) {
        int count = binary.getInt();
        if (count == 0) {
            text.append("EMPTY");
            return;
        }
        text.append('(');
        for (int i = 0; i < count; i++) {
            text.append(i == 0 ? "" : ", ");
            part.run();
        }
        text.append(')');
    }
}
