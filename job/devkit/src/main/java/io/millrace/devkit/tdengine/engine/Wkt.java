package io.millrace.devkit.tdengine.engine;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;
import java.util.Map;

/**
 * Reads well-known text, {@code POINT(1 2)}, into well-known binary: points, lines, polygons and
 * several of those.
 */
final class Wkt {
    private static final Map<String, Integer> KINDS =
            Map.of(
                    "POINT", 1,
                    "LINESTRING", 2,
                    "POLYGON", 3,
                    "MULTIPOINT", 4,
                    "MULTILINESTRING", 5,
                    "MULTIPOLYGON", 6,
                    "GEOMETRYCOLLECTION", 7);
    private static final int COLLECTION = 7;

    private final String text;
    private final ByteBuffer out;
    private int at;

    private Wkt(String text) {
        this.text = text;
        this.out = ByteBuffer.allocate(21 * text.length() + 64).order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * @throws IllegalArgumentException if the text is no geometry
     */
    static byte[] parse(String text) {
        Wkt wkt = new Wkt(text);
        wkt.geometry();
        if (wkt.peek() != 0) {
            throw new IllegalArgumentException("Something follows the geometry");
        }
        byte[] bytes = new byte[wkt.out.position()];
        wkt.out.flip().get(bytes);
        return bytes;
    }

    private void geometry() {
        int begin = skipBlanks();
        while (at < text.length() && Character.isLetter(text.charAt(at))) {
            at++;
        }
        Integer kind = KINDS.get(text.substring(begin, at).toUpperCase(Locale.ROOT));
        if (kind == null) {
            throw new IllegalArgumentException("No kind of geometry");
        }
        header(kind);
        body(kind);
    }

    private void header(int kind) {
        out.put((byte) 1).putInt(kind);
    }

    private void body(int kind) {
        if (acceptEmpty()) {
            if (kind == 1) {
                out.putDouble(Double.NaN).putDouble(Double.NaN);
            } else {
                out.putInt(0);
            }
        } else if (kind == 1) {
            expect('(');
            coordinate();
            expect(')');
        } else if (kind == 2) {
            list(this::coordinate);
        } else if (kind == 3) {
            list(() -> list(this::coordinate));
        } else if (kind == COLLECTION) {
            list(this::geometry);
        } else {
            int part = kind - 3;
            list(
                    () -> {
                        header(part);
                        if (part == 1 && peek() != '(') {
                            coordinate(); // MULTIPOINT (1 2, 3 4)
                        } else {
                            body(part);
                        }
                    });
        }
    }

    private boolean acceptEmpty() {
        boolean empty = text.regionMatches(true, skipBlanks(), "EMPTY", 0, 5);
        at += empty ? 5 : 0;
        return empty;
    }

    private void list(Runnable element) {
        int count = out.position();
        out.putInt(0);
        int elements = 0;
        expect('(');
        do {
            elements++;
            element.run();
        } while (accept(','));
        expect(')');
        out.putInt(count, elements);
    }

    private void coordinate() {
        out.putDouble(number()).putDouble(number());
    }

    private double number() {
        int begin = skipBlanks();
        while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return Double.parseDouble(text.substring(begin, at));
    }

    private int skipBlanks() {
        while (at < text.length() && text.charAt(at) <= ' ') {
            at++;
        }
        return at;
    }

    private char peek() {
        return skipBlanks() < text.length() ? text.charAt(at) : 0;
    }

    private boolean accept(char c) {
        boolean found = peek() == c;
        at += found ? 1 : 0;
        return found;
    }

    private void expect(char c) {
        if (!accept(c)) {
            throw new IllegalArgumentException(c + " expected");
        }
    }
}
