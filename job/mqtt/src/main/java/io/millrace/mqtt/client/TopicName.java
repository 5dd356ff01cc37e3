package io.millrace.mqtt.client;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Checks the names of topics that messages are published to. Stateless. */
public final class TopicName {
    private static final int MAX_BYTES = 65_535;

    private TopicName() {}

    /**
     * Checks a name.
     *
     * @return what is wrong with it, such as {@code "it is empty"}; null if nothing is
     */
    public static String problem(String name) {
        if (name.isEmpty()) {
            return "it is empty";
        }
        if (name.startsWith("$share/")) {
            return "it is a shared subscription, which is for reading";
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '+' || c == '#') {
                return "it holds the wildcard " + c;
            }
            if (c == 0) {
                return "it holds a NUL";
            }
        }
        return textProblem(name);
    }

    /** What keeps any text out of an MQTT packet; null if nothing does. */
    static String textProblem(String text) {
        int pairs = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                return "it holds a NUL";
            }
            if (Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                pairs++;
                i++;
            } else if (Character.isSurrogate(c)) {
                return "it holds half a character (a single surrogate)";
            }
        }
        // No character takes more than three bytes, but for pairs, which take four.
        boolean mayBeLong = text.length() * 3L - pairs * 2L > MAX_BYTES;
        return mayBeLong && text.getBytes(UTF_8).length > MAX_BYTES
                ? "it is longer than " + MAX_BYTES + " bytes"
                : null;
    }
}
