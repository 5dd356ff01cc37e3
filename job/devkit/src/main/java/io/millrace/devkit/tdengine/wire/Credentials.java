package io.millrace.devkit.tdengine.wire;

import io.millrace.devkit.tdengine.sql.TaosException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Who may use the server.
 *
 * @param token a token accepted instead of name and password, or null for none
 */
public record Credentials(String username, String password, String token) {
    /** Refuses what is not the name and the password as TDengine does. */
    void check(String name, String word) {
        if (name == null || name.isEmpty()) {
            throw new TaosException(0x207, "Invalid user name");
        }
        if (!username.equals(name)) {
            throw new TaosException(0x351, "Invalid user");
        }
        if (!password.equals(word)) {
            throw new TaosException(0x357, "Authentication failure");
        }
    }

    boolean isToken(String other) {
        return token != null && token.equals(other);
    }

    /** What REST clients that log in first send from then on. It is as good as the password. */
    String restToken(String name, String word) {
        return Base64.getEncoder()
                .encodeToString((name + "\n" + word).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Refuses what the header {@code Authorization} says if it is wrong.
     *
     * @throws RestException for a header that is missing or makes no sense
     */
    void checkHeader(String header) {
        if (header == null) {
            throw new RestException(401, 0x1105, "no auth info input");
        }
        int blank = header.indexOf(' ');
        String scheme = blank < 0 ? header : header.substring(0, blank);
        String value = blank < 0 ? "" : header.substring(blank + 1).strip();
        switch (scheme) {
            case "Basic" -> checkPair(decode(value, 0x1124), ':', 0x1124);
            case "Taosd" -> checkPair(decode(value, 0x1125), '\n', 0x1125);
            case "Bearer" -> {
                if (!isToken(value)) {
                    throw new TaosException(0x357, "Authentication failure");
                }
            }
            default -> throw new RestException(401, 0x1122, "wrong auth type");
        }
    }

    private void checkPair(String pair, char separator, int code) {
        int at = pair.indexOf(separator);
        if (at < 0) {
            throw new RestException(401, code, "invalid auth token");
        }
        check(pair.substring(0, at), pair.substring(at + 1));
    }

    private static String decode(String value, int code) {
        try {
            return new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException noBase64) {
            throw new RestException(401, code, "invalid auth token");
        }
    }

    /** Never shows the secrets. */
    @Override
    public String toString() {
        return "Credentials[" + username + ", ***]";
    }
}
