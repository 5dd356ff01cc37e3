package io.millrace.functions.value;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Writes values in Erlang's external format. */
final class TermWriter {
    private static final int MOST_STRING = 0xffff;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private TermWriter() {}

    static byte[] write(Object value) {
        TermWriter writer = new TermWriter();
        writer.out.write(ExternalTerm.VERSION);
        writer.value(value, 0);
        return writer.out.toByteArray();
    }

    private void value(Object value, int depth) {
        if (depth > Json.MOST_DEPTH) {
            throw new FunctionException(
                    "badarg",
                    "Maps and arrays are more than " + Json.MOST_DEPTH + " deep in each other.");
        }
        TextForm.limit(out.size());
        if (value instanceof Long integer) {
            integer(integer);
        } else if (value instanceof BigInteger integer) {
            big(integer);
        } else if (value instanceof Double number) {
            out.write(ExternalTerm.FLOAT);
            number(Double.doubleToLongBits(number), Long.BYTES);
        } else if (value instanceof String || value instanceof Bytes) {
            byte[] bytes = Bytes.of(value);
            out.write(ExternalTerm.BINARY);
            number(bytes.length, Integer.BYTES);
            out.writeBytes(bytes);
        } else if (value instanceof Bits bits) {
            bits(bits);
        } else if (value instanceof List<?> list) {
            list(list, depth);
        } else if (value instanceof Map<?, ?> map) {
            map(map, depth);
        } else {
            atom(value == null ? "undefined" : value.toString());
        }
    }

    /** Most significant byte first. */
    private void number(long number, int bytes) {
        for (int i = bytes - 1; i >= 0; i--) {
            out.write((int) (number >> 8 * i));
        }
    }

    private void integer(long integer) {
        if (integer >= 0 && integer <= 255) {
            out.write(ExternalTerm.BYTE);
            out.write((int) integer);
        } else if (integer == (int) integer) {
            out.write(ExternalTerm.INTEGER);
            number(integer, Integer.BYTES);
        } else {
            big(BigInteger.valueOf(integer));
        }
    }

    /** Sign and magnitude, least significant byte first. */
    private void big(BigInteger integer) {
        BigInteger magnitude = integer.abs();
        int count = (magnitude.bitLength() + 7) / 8;
        out.write(count <= 255 ? ExternalTerm.SMALL_BIG : ExternalTerm.LARGE_BIG);
        number(count, count <= 255 ? 1 : Integer.BYTES);
        out.write(integer.signum() < 0 ? 1 : 0);
        byte[] bytes = magnitude.toByteArray();
        for (int i = 0; i < count; i++) {
            out.write(bytes[bytes.length - 1 - i]);
        }
    }

    private void bits(Bits bits) {
        out.write(ExternalTerm.BITS);
        int count = (bits.count() + 7) / 8;
        number(count, Integer.BYTES);
        out.write(bits.count() % 8);
        out.write(bits.bytes(), 0, count);
    }

    private void list(List<?> list, int depth) {
        if (list.isEmpty()) {
            out.write(ExternalTerm.NIL);
        } else if (isString(list)) {
            out.write(ExternalTerm.STRING);
            number(list.size(), Short.BYTES);
            list.forEach(element -> out.write((int) (long) (Long) element));
        } else {
            out.write(ExternalTerm.LIST);
            number(list.size(), Integer.BYTES);
            for (Object element : list) {
                value(element, depth + 1);
            }
            out.write(ExternalTerm.NIL);
        }
    }

    /** Short lists of bytes have a form of their own. */
    private static boolean isString(List<?> list) {
        if (list.size() > MOST_STRING) {
            return false;
        }
        for (Object element : list) {
            if (!(element instanceof Long integer) || integer < 0 || integer > 255) {
                return false;
            }
        }
        return true;
    }

    @SuppressWarnings("unchecked")
    private void map(Map<?, ?> map, int depth) {
        out.write(ExternalTerm.MAP);
        number(map.size(), Integer.BYTES);
        for (String name : Maps.names((Map<String, Object>) map)) {
            value(name, depth + 1);
            value(map.get(name), depth + 1);
        }
    }

    private void atom(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        boolean small = bytes.length <= 255;
        out.write(small ? ExternalTerm.SMALL_ATOM_UTF8 : ExternalTerm.ATOM_UTF8);
        number(bytes.length, small ? 1 : Short.BYTES);
        out.writeBytes(bytes);
    }
}
