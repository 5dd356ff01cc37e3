package io.millrace.mqtt.table;

import io.millrace.mqtt.client.ReceivedMessage;
import io.millrace.mqtt.client.TopicFilter;
import java.io.Serializable;

/**
 * Where the metadata column {@code clientid} comes from: the value of the option {@code
 * 'clientid.from'}. MQTT does not tell a subscriber who published.
 */
public sealed interface ClientIdFrom extends Serializable {
    /** Says what the option allows. */
    String ALLOWED =
            "'auto', 'topic:N' (level of the topic, from 1), 'user-property:NAME' or 'payload:PATH' (such as payload:device.id)";

    /** The name of the user property that {@code auto} looks for. */
    String AUTO_PROPERTY = "clientid";

    /** The client id, or null if the message does not tell. Never throws. */
    String of(ReceivedMessage message);

    /**
     * Reads the option.
     *
     * @param filter the topic filter that is read
     * @throws IllegalArgumentException if it is none of {@link #ALLOWED}
     */
    static ClientIdFrom parse(String option, TopicFilter filter) {
        if (option.equals("auto")) {
            return new Auto(filter.firstPlusLevel());
        }
        int colon = option.indexOf(':');
        String kind = colon < 0 ? option : option.substring(0, colon);
        String what = colon < 0 ? "" : option.substring(colon + 1);
        switch (kind) {
            case "topic":
                if (what.matches("[1-9][0-9]{0,4}")) {
                    return new TopicLevel(Integer.parseInt(what));
                }
                break;
            case "user-property":
                if (!what.isEmpty()) {
                    return new UserProperty(what);
                }
                break;
            case "payload":
                if (!what.isEmpty() && !what.matches(".*(^|\\.)(\\.|$).*")) {
                    return new PayloadMember(new JsonMember(what));
                }
                break;
            default:
        }
        throw new IllegalArgumentException(
                "Option 'clientid.from' is '" + option + "'; allowed are " + ALLOWED + ".");
    }

    /**
     * The user property {@code clientid} if there is one, else a level of the topic.
     *
     * @param level from 1; 0 for none
     */
    record Auto(int level) implements ClientIdFrom {
        private static final long serialVersionUID = 1L;

        @Override
        public String of(ReceivedMessage message) {
            String property = message.properties().userProperty(AUTO_PROPERTY);
            return property != null ? property : levelOf(message.topic(), level);
        }
    }

    /** A level of the topic, from 1. */
    record TopicLevel(int level) implements ClientIdFrom {
        private static final long serialVersionUID = 1L;

        @Override
        public String of(ReceivedMessage message) {
            return levelOf(message.topic(), level);
        }
    }

    /** An MQTT 5 user property. */
    record UserProperty(String name) implements ClientIdFrom {
        private static final long serialVersionUID = 1L;

        @Override
        public String of(ReceivedMessage message) {
            return message.properties().userProperty(name);
        }
    }

    /** A member of a JSON payload. */
    record PayloadMember(JsonMember member) implements ClientIdFrom {
        private static final long serialVersionUID = 1L;

        @Override
        public String of(ReceivedMessage message) {
            return member.textIn(message.payload());
        }
    }

    private static String levelOf(String topic, int level) {
        if (level == 0) {
            return null;
        }
        int begin = 0;
        for (int i = 1; i < level; i++) {
            int slash = topic.indexOf('/', begin);
            if (slash < 0) {
                return null;
            }
            begin = slash + 1;
        }
        int end = topic.indexOf('/', begin);
        return end < 0 ? topic.substring(begin) : topic.substring(begin, end);
    }
}
