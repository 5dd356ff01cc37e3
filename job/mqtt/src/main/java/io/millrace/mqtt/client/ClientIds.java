package io.millrace.mqtt.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Names the sessions: a pure function of prefix, filter and number, so that a job that starts
 * again, rescaled or without its state, finds its sessions at the broker. Stateless.
 */
public final class ClientIds {
    private ClientIds() {}

    /** The client id of a session, such as {@code plant-3f2a01bc-0}. */
    public static String of(String prefix, String filter, int number) {
        return prefix + "-" + hash(filter) + "-" + number;
    }

    /** Whether a session with this prefix and filter has that client id, whatever its number. */
    public static boolean isOf(String clientId, String prefix, String filter) {
        String start = prefix + "-" + hash(filter) + "-";
        return clientId.startsWith(start) && clientId.substring(start.length()).matches("\\d{1,9}");
    }

    /** Eight hexadecimal digits that stand for a filter. */
    public static String hash(String filter) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(filter.getBytes(UTF_8));
            return HexFormat.of().formatHex(digest, 0, 4);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Each Java knows SHA-256", e);
        }
    }

    /** Makes a prefix of a job's name: what may trouble brokers' rules becomes a hyphen. */
    public static String prefixOf(String jobName) {
        return jobName.strip().replaceAll("[^\\p{L}\\p{N}_.-]+", "-");
    }
}
