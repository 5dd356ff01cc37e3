package io.millrace.mqtt.client;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * An MQTT topic filter, plain or of a shared subscription ({@code $share/group/filter}).
 *
 * @param text as given to SUBSCRIBE
 * @param group the group of a shared subscription, else null
 * @param pattern the filter without {@code $share/group/}
 */
public record TopicFilter(String text, String group, String pattern) {
    private static final String SHARE = "$share/";
    private static final int MAX_BYTES = 65_535;

    /**
     * Reads a filter.
     *
     * @throws IllegalArgumentException if it is none; the message says why
     */
    public static TopicFilter parse(String text) {
        String group = null;
        String pattern = text;
        if (text.startsWith(SHARE)) {
            int end = text.indexOf('/', SHARE.length());
            if (end < 0) {
                throw wrong(text, "a shared subscription is $share/<group>/<filter>");
            }
            group = text.substring(SHARE.length(), end);
            pattern = text.substring(end + 1);
            if (group.isEmpty() || group.contains("+") || group.contains("#")) {
                throw wrong(
                        text, "the group of a shared subscription is a text without +, # and /");
            }
        }
        check(text, pattern);
        return new TopicFilter(text, group, pattern);
    }

    private static void check(String text, String pattern) {
        if (pattern.isEmpty()) {
            throw wrong(text, "it is empty");
        }
        if (pattern.indexOf('\0') >= 0) {
            throw wrong(text, "it holds a NUL");
        }
        if (text.getBytes(UTF_8).length > MAX_BYTES) {
            throw wrong(text, "it is longer than " + MAX_BYTES + " bytes");
        }
        String[] levels = pattern.split("/", -1);
        for (int i = 0; i < levels.length; i++) {
            String level = levels[i];
            if (level.contains("#") && !(level.equals("#") && i == levels.length - 1)) {
                throw wrong(text, "# stands alone and last, as in devices/#");
            }
            if (level.contains("+") && !level.equals("+")) {
                throw wrong(text, "+ stands for a whole level, as in devices/+/temp");
            }
        }
    }

    /** Whether several sessions can share the messages of this filter. */
    public boolean isShared() {
        return group != null;
    }

    /** The number (from 1) of the level that the first {@code +} stands for; 0 if there is none. */
    public int firstPlusLevel() {
        String[] levels = pattern.split("/", -1);
        for (int i = 0; i < levels.length; i++) {
            if (levels[i].equals("+")) {
                return i + 1;
            }
        }
        return 0;
    }

    /** Whether messages published to this topic are delivered to a subscriber of the filter. */
    public boolean matches(String topic) {
        if (topic.startsWith("$") && (pattern.startsWith("+") || pattern.startsWith("#"))) {
            // Topics of the broker itself; wildcards do not stand for them.
            return false;
        }
        String[] wanted = pattern.split("/", -1);
        String[] levels = topic.split("/", -1);
        for (int i = 0; i < wanted.length; i++) {
            if (wanted[i].equals("#")) {
                // a/# is for a itself too.
                return true;
            }
            if (i >= levels.length || !wanted[i].equals("+") && !wanted[i].equals(levels[i])) {
                return false;
            }
        }
        return wanted.length == levels.length;
    }

    private static IllegalArgumentException wrong(String text, String why) {
        return new IllegalArgumentException(
                "Topic filter '" + text + "' is not valid: " + why + ".");
    }
}
