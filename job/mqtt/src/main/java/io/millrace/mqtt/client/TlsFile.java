package io.millrace.mqtt.client;

import io.millrace.common.References;
import io.millrace.common.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file that an option names.
 *
 * @param path as the user wrote it
 * @param password null for none; it never gets into a message
 */
record TlsFile(String option, String path, Secret password, byte[] bytes) {
    /** An ASN.1 sequence, which PKCS #12 and DER begin with. No text does. */
    private static final int SEQUENCE = 0x30;

    /**
     * Reads a file.
     *
     * @throws MqttFailure (permanent) if it cannot be read
     */
    static TlsFile read(String option, String path, Secret password) throws MqttFailure {
        try {
            byte[] bytes = Files.readAllBytes(Path.of(References.resolve(path)));
            return new TlsFile(option, path, password, bytes);
        } catch (IOException | IllegalArgumentException e) {
            throw MqttFailure.permanent(
                    "Option '"
                            + option
                            + "': file '"
                            + path
                            + "' cannot be read: "
                            + e
                            + ". It must exist where the job runs.",
                    e);
        }
    }

    /** Whether it is a text; else it is PKCS #12. */
    boolean isPem() {
        return bytes.length < 2 || bytes[0] != SEQUENCE || !isLength(bytes[1]);
    }

    /**
     * Of a sequence that is longer than 127 bytes; a text that begins with a 0 goes on in ASCII.
     */
    private static boolean isLength(byte second) {
        return second < 0;
    }

    /** Its text; PEM is ASCII, and what stands around it does not matter. */
    String text() {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** The password's letters; none if there is none. */
    char[] passwordLetters() {
        return password == null ? new char[0] : password.reveal().toCharArray();
    }

    /** A failure that says what is wrong with it. */
    MqttFailure wrong(String what) {
        return wrong(what, null);
    }

    /** A failure that says what is wrong with it. */
    MqttFailure wrong(String what, Throwable cause) {
        return MqttFailure.permanent("Option '" + option + "': file '" + path + "' " + what, cause);
    }

    /** A failure about the password, which is missing or wrong. */
    MqttFailure locked(Throwable cause) {
        return password == null
                ? wrong("is encrypted. Give its password with 'tls.password'.", cause)
                : wrong("cannot be opened with 'tls.password'. Is that its password?", cause);
    }

    /** Without the password and the bytes. */
    @Override
    public String toString() {
        return "TlsFile[" + option + ", " + path + "]";
    }
}
