package io.millrace.functions.library;

import io.millrace.functions.value.FunctionException;
import io.millrace.functions.value.TextForm;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** Packs and unpacks bytes. Few bytes may unpack to very many, so their number has a bound. */
final class Compression {
    /** The most bytes that unpacking may give. */
    static final int MOST_BYTES = TextForm.MOST_CHARACTERS;

    private static final int BUFFER = 4096;
    private static final int HEADER = 10;
    private static final int TRAILER = 8;

    /** Magic, deflate, no flags, no time, default level, from Unix. */
    private static final byte[] GZIP_HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 3};

    private Compression() {}

    /**
     * Packs bytes.
     *
     * @param raw without the header and the checksum of zlib
     */
    static byte[] deflate(byte[] bytes, boolean raw) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(64 + bytes.length / 2);
        deflate(bytes, raw, out);
        return out.toByteArray();
    }

    private static void deflate(byte[] bytes, boolean raw, ByteArrayOutputStream out) {
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, raw);
        try {
            deflater.setInput(bytes);
            deflater.finish();
            byte[] buffer = new byte[BUFFER];
            while (!deflater.finished()) {
                out.write(buffer, 0, deflater.deflate(buffer));
            }
        } finally {
            deflater.end();
        }
    }

    static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(64 + bytes.length / 2);
        out.writeBytes(GZIP_HEADER);
        deflate(bytes, true, out);
        ByteBuffer trailer = ByteBuffer.allocate(TRAILER).order(ByteOrder.LITTLE_ENDIAN);
        out.writeBytes(trailer.putInt(crc(bytes, 0, bytes.length)).putInt(bytes.length).array());
        return out.toByteArray();
    }

    private static int crc(byte[] bytes, int from, int to) {
        CRC32 crc = new CRC32();
        crc.update(bytes, from, to - from);
        return (int) crc.getValue();
    }

    /**
     * Unpacks bytes. What follows the packed ones is ignored.
     *
     * @throws FunctionException {@code data_error} if they are damaged or end too early, {@code
     *     system_limit} if they unpack to more than {@link #MOST_BYTES}
     */
    static byte[] inflate(String function, byte[] bytes, boolean raw) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(unpackedSize(bytes));
        inflate(function, bytes, 0, raw, out);
        return out.toByteArray();
    }

    private static int unpackedSize(byte[] bytes) {
        return (int) Math.min(MOST_BYTES, 64 + 3L * bytes.length);
    }

    /** Returns where the packed bytes end. */
    private static int inflate(
            String function, byte[] bytes, int from, boolean raw, ByteArrayOutputStream out) {
        Inflater inflater = new Inflater(raw);
        try {
            inflater.setInput(bytes, from, bytes.length - from);
            byte[] buffer = new byte[BUFFER];
            while (!inflater.finished()) {
                int count = inflater.inflate(buffer);
                if (count == 0 && !inflater.finished()) {
                    throw damaged(function, "they end too early, or need a dictionary");
                }
                out.write(buffer, 0, count);
                if (out.size() > MOST_BYTES) {
                    throw new FunctionException(
                            "system_limit",
                            function + ": the bytes unpack to more than " + MOST_BYTES + ".");
                }
            }
            return bytes.length - inflater.getRemaining();
        } catch (DataFormatException e) {
            throw damaged(function, e.getMessage());
        } finally {
            inflater.end();
        }
    }

    /** Unpacks gzip; several behind each other are one, as in files. */
    static byte[] gunzip(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(unpackedSize(bytes));
        int at = 0;
        do {
            int written = out.size();
            int end = inflate("gunzip", bytes, body(bytes, at), true, out);
            if (bytes.length - end < TRAILER) {
                throw damaged("gunzip", "they end too early");
            }
            ByteBuffer trailer =
                    ByteBuffer.wrap(bytes, end, TRAILER).order(ByteOrder.LITTLE_ENDIAN);
            byte[] all = out.toByteArray();
            if (trailer.getInt() != crc(all, written, all.length)
                    || trailer.getInt() != all.length - written) {
                throw damaged("gunzip", "the checksum is wrong");
            }
            at = end + TRAILER;
        } while (at < bytes.length);
        return out.toByteArray();
    }

    /** Returns where the packed bytes begin, behind a header with all its optional parts. */
    private static int body(byte[] bytes, int start) {
        if (bytes.length - start < HEADER
                || bytes[start] != GZIP_HEADER[0]
                || bytes[start + 1] != GZIP_HEADER[1]
                || bytes[start + 2] != GZIP_HEADER[2]) {
            throw damaged("gunzip", "they do not begin as gzip does");
        }
        int flags = bytes[start + 3];
        int at = start + HEADER;
        if ((flags & 4) != 0 && at + 1 < bytes.length) {
            at += 2 + (bytes[at] & 0xff) + ((bytes[at + 1] & 0xff) << 8);
        }
        at = (flags & 8) == 0 ? at : behindZero(bytes, at);
        at = (flags & 16) == 0 ? at : behindZero(bytes, at);
        at = (flags & 2) == 0 ? at : at + 2;
        if (at > bytes.length) {
            throw damaged("gunzip", "they end too early");
        }
        return at;
    }

    private static int behindZero(byte[] bytes, int from) {
        int at = from;
        while (at < bytes.length && bytes[at] != 0) {
            at++;
        }
        return at + 1;
    }

    private static FunctionException damaged(String function, String why) {
        return new FunctionException(
                "data_error", function + ": these are no packed bytes of this kind: " + why + ".");
    }
}
