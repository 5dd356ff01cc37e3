package io.millrace.functions.value;

import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Reads values in Erlang's external format. */
final class TermReader {
    private final ByteBuffer in;

    private TermReader(ByteBuffer in) {
        this.in = in;
    }

    static Object read(byte[] bytes) {
        try {
            ByteBuffer in = ByteBuffer.wrap(bytes);
            if (Byte.toUnsignedInt(in.get()) != ExternalTerm.VERSION) {
                throw refusal("they do not begin with 131");
            }
            if (in.hasRemaining() && in.get(in.position()) == ExternalTerm.COMPRESSED) {
                in.get();
                in = inflated(in);
            }
            // What follows the value is ignored, as in Erlang.
            return new TermReader(in).value(0);
        } catch (BufferUnderflowException e) {
            throw refusal("they end too early");
        }
    }

    private static ByteBuffer inflated(ByteBuffer in) {
        long size = Integer.toUnsignedLong(in.getInt());
        TextForm.limit(size);
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(in);
            byte[] bytes = new byte[(int) Math.min(size, 1100L * in.capacity())];
            int count = 0;
            while (count < bytes.length && !inflater.finished()) {
                int more = inflater.inflate(bytes, count, bytes.length - count);
                if (more == 0) {
                    break;
                }
                count += more;
            }
            return ByteBuffer.wrap(bytes, 0, count);
        } catch (DataFormatException e) {
            throw refusal("what is packed in them is damaged");
        } finally {
            inflater.end();
        }
    }

    private Object value(int depth) {
        if (depth > Json.MOST_DEPTH) {
            throw refusal("maps and arrays are more than " + Json.MOST_DEPTH + " deep");
        }
        int tag = Byte.toUnsignedInt(in.get());
        return switch (tag) {
            case ExternalTerm.BYTE -> (long) Byte.toUnsignedInt(in.get());
            case ExternalTerm.INTEGER -> (long) in.getInt();
            case ExternalTerm.SMALL_BIG -> big(Byte.toUnsignedInt(in.get()));
            case ExternalTerm.LARGE_BIG -> big(in.getInt());
            case ExternalTerm.FLOAT -> real(in.getDouble());
            case ExternalTerm.BINARY -> Bytes.value(bytes(in.getInt()));
            case ExternalTerm.BITS -> bits(in.getInt());
            case ExternalTerm.STRING -> string(Short.toUnsignedInt(in.getShort()));
            case ExternalTerm.NIL -> List.of();
            case ExternalTerm.LIST -> list(in.getInt(), depth);
            case ExternalTerm.MAP -> map(in.getInt(), depth);
            case ExternalTerm.SMALL_ATOM, ExternalTerm.SMALL_ATOM_UTF8 ->
                    atom(Byte.toUnsignedInt(in.get()));
            case ExternalTerm.ATOM, ExternalTerm.ATOM_UTF8 ->
                    atom(Short.toUnsignedInt(in.getShort()));
            default -> throw refusal("the kind " + tag + " is none that rules know");
        };
    }

    /** Takes no memory before it is known that the bytes are there. */
    private byte[] bytes(int count) {
        if (count < 0 || count > in.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] bytes = new byte[count];
        in.get(bytes);
        return bytes;
    }

    private Number big(int count) {
        boolean negative = in.get() != 0;
        byte[] bytes = bytes(count);
        for (int i = 0, j = bytes.length - 1; i < j; i++, j--) {
            byte low = bytes[i];
            bytes[i] = bytes[j];
            bytes[j] = low;
        }
        return Integers.value(new BigInteger(negative ? -1 : 1, bytes));
    }

    private static Double real(double number) {
        if (!Double.isFinite(number)) {
            throw refusal("a float is not finite");
        }
        return number;
    }

    private Object bits(int count) {
        int last = Byte.toUnsignedInt(in.get());
        byte[] bytes = bytes(count);
        if (last == 0 || last > 8 || count == 0) {
            throw refusal("bits have no number");
        }
        bytes[count - 1] &= (byte) (0xff << (8 - last));
        return Bits.value(bytes, (count - 1) * 8 + last);
    }

    private List<Object> string(int count) {
        List<Object> list = new ArrayList<>();
        for (byte element : bytes(count)) {
            list.add((long) Byte.toUnsignedInt(element));
        }
        return list;
    }

    private List<Object> list(int count, int depth) {
        List<Object> list = new ArrayList<>();
        for (long i = Integer.toUnsignedLong(count); i > 0; i--) {
            list.add(value(depth + 1));
        }
        if (in.get() != ExternalTerm.NIL) {
            throw refusal("a list does not end as lists do");
        }
        return list;
    }

    private Map<String, Object> map(int count, int depth) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (long i = Integer.toUnsignedLong(count); i > 0; i--) {
            Object name = value(depth + 1);
            boolean isName = name instanceof String || name instanceof Symbol;
            if (!isName) {
                throw refusal("the name of a member is no text");
            }
            map.put(name.toString(), value(depth + 1));
        }
        return map;
    }

    private Object atom(int count) {
        String name = new String(bytes(count), StandardCharsets.UTF_8);
        return switch (name) {
            case "true" -> Boolean.TRUE;
            case "false" -> Boolean.FALSE;
            case "null" -> JsonNull.NULL;
            case "undefined" -> null;
            default -> new Symbol(name);
        };
    }

    private static FunctionException refusal(String why) {
        return new FunctionException(
                "badarg", "The bytes are no value in Erlang's external format: " + why + ".");
    }
}
