package io.millrace.functions.value;

/** Erlang's external format: the bytes that its processes exchange. */
public final class ExternalTerm {
    static final int VERSION = 131;
    static final int COMPRESSED = 80;
    static final int FLOAT = 70;
    static final int BITS = 77;
    static final int BYTE = 97;
    static final int INTEGER = 98;
    static final int ATOM = 100;
    static final int NIL = 106;
    static final int STRING = 107;
    static final int LIST = 108;
    static final int BINARY = 109;
    static final int SMALL_BIG = 110;
    static final int LARGE_BIG = 111;
    static final int SMALL_ATOM = 115;
    static final int MAP = 116;
    static final int ATOM_UTF8 = 118;
    static final int SMALL_ATOM_UTF8 = 119;

    private ExternalTerm() {}

    /**
     * Writes a value.
     *
     * @return bytes as a value
     * @throws FunctionException {@code badarg} if maps and arrays are too deep in each other,
     *     {@code system_limit} if the bytes are too many
     */
    public static Object encode(Object value) {
        return Bytes.value(TermWriter.write(value));
    }

    /**
     * Reads a value.
     *
     * @throws FunctionException {@code badarg} if the bytes are no value, or one that rules do not
     *     know, such as a tuple or a function
     */
    public static Object decode(byte[] bytes) {
        return TermReader.read(bytes);
    }
}
