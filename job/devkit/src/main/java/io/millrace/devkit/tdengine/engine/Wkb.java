package io.millrace.devkit.tdengine.engine;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Well-known binary, the form in which a GEOMETRY travels and is kept. */
final class Wkb {
    private static final int POINT = 1;
    private static final int LINE = 2;
    private static final int POLYGON = 3;
    private static final int MULTIPLE = 4;
    private static final int COLLECTION = 7;
    private static final int COORDINATE = 16;

    private Wkb() {}

    /** Whether bytes are one geometry and nothing else. */
    static boolean isValid(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        try {
            return geometry(in) && !in.hasRemaining();
        } catch (BufferUnderflowException | IllegalArgumentException cutOff) {
            return false;
        }
    }

    private static boolean geometry(ByteBuffer in) {
        byte order = in.get();
        if (order != 0 && order != 1) {
            return false;
        }
        in.order(order == 1 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        int kind = in.getInt();
        if (kind == POINT) {
            return skip(in, 1);
        }
        if (kind < POINT || kind > COLLECTION) {
            return false;
        }
        int parts = in.getInt();
        if (kind == LINE) {
            return skip(in, parts);
        }
        boolean valid = parts >= 0;
        for (int i = 0; valid && i < parts; i++) {
            valid = kind == POLYGON ? skip(in, in.getInt()) : kind >= MULTIPLE && geometry(in);
        }
        return valid;
    }

    private static boolean skip(ByteBuffer in, int coordinates) {
        if (coordinates < 0 || coordinates > in.remaining() / COORDINATE) {
            return false;
        }
        in.position(in.position() + coordinates * COORDINATE);
        return true;
    }
}
