package io.millrace.mqtt.client;

/** Reason codes of MQTT 5 that are refusals, and what some of them mean to a person. Stateless. */
final class ReasonCode {
    static final int UNSPECIFIED = 0x80;
    static final int MALFORMED_PACKET = 0x81;
    static final int PROTOCOL_ERROR = 0x82;
    static final int UNSUPPORTED_PROTOCOL = 0x84;
    static final int CLIENT_ID_NOT_VALID = 0x85;
    static final int BAD_USER_NAME_OR_PASSWORD = 0x86;
    static final int NOT_AUTHORIZED = 0x87;
    static final int SERVER_UNAVAILABLE = 0x88;
    static final int SERVER_BUSY = 0x89;
    static final int BANNED = 0x8A;
    static final int SERVER_SHUTTING_DOWN = 0x8B;
    static final int BAD_AUTHENTICATION_METHOD = 0x8C;
    static final int KEEP_ALIVE_TIMEOUT = 0x8D;
    static final int SESSION_TAKEN_OVER = 0x8E;
    static final int TOPIC_FILTER_INVALID = 0x8F;
    static final int TOPIC_NAME_INVALID = 0x90;
    static final int RECEIVE_MAXIMUM_EXCEEDED = 0x93;
    static final int PACKET_TOO_LARGE = 0x95;
    static final int MESSAGE_RATE_TOO_HIGH = 0x96;
    static final int QUOTA_EXCEEDED = 0x97;
    static final int ADMINISTRATIVE_ACTION = 0x98;
    static final int PAYLOAD_FORMAT_INVALID = 0x99;
    static final int RETAIN_NOT_SUPPORTED = 0x9A;
    static final int QOS_NOT_SUPPORTED = 0x9B;
    static final int USE_ANOTHER_SERVER = 0x9C;
    static final int SERVER_MOVED = 0x9D;
    static final int SHARED_SUBSCRIPTIONS_NOT_SUPPORTED = 0x9E;
    static final int CONNECTION_RATE_EXCEEDED = 0x9F;
    static final int MAXIMUM_CONNECT_TIME = 0xA0;
    static final int WILDCARD_SUBSCRIPTIONS_NOT_SUPPORTED = 0xA2;

    /**
     * What a code of CONNACK or DISCONNECT means.
     *
     * @param advice what to do, or null
     * @param permanent whether trying again cannot help
     */
    record Meaning(String text, String advice, boolean permanent) {}

    private ReasonCode() {}

    /** Whether a code is a refusal. */
    static boolean isRefusal(int code) {
        return code >= UNSPECIFIED;
    }

    /** Null for a code that says nothing to a person. */
    static Meaning meaning(int code) {
        return switch (code) {
            case SERVER_UNAVAILABLE -> passing("it is not available for now", null);
            case SERVER_BUSY -> passing("it is busy", null);
            case SERVER_SHUTTING_DOWN -> passing("it is shutting down", null);
            case BAD_AUTHENTICATION_METHOD ->
                    permanent(
                            "it wants an authentication method that this client does not speak",
                            "Let it take user name and password, or the client's certificate");
            case KEEP_ALIVE_TIMEOUT ->
                    passing(
                            "it heard nothing for one and a half times the keep-alive",
                            "Is this machine or the network overloaded? A longer 'keep-alive' bridges that");
            case RECEIVE_MAXIMUM_EXCEEDED ->
                    passing("it got more messages at once than it asked for", null);
            case PACKET_TOO_LARGE ->
                    passing("it got a packet that is longer than it takes", "Raise its limit");
            case MESSAGE_RATE_TOO_HIGH ->
                    passing("messages come too fast for it", "Publish less or raise its limit");
            case QUOTA_EXCEEDED ->
                    passing("a quota is used up", "Raise its limit, or use less of it");
            case ADMINISTRATIVE_ACTION -> passing("somebody there ended it by hand", null);
            case RETAIN_NOT_SUPPORTED ->
                    permanent(
                            "it does not store messages on their topics",
                            "Publish without 'retain'");
            case QOS_NOT_SUPPORTED ->
                    permanent("it does not take that quality of service", "Lower 'qos'");
            case USE_ANOTHER_SERVER ->
                    passing("another server is to be used for now", "Add that to 'url'");
            case SERVER_MOVED -> passing("it has moved", "Put the new address into 'url'");
            case SHARED_SUBSCRIPTIONS_NOT_SUPPORTED ->
                    permanent(
                            "it does not support shared subscriptions",
                            "Use the filter without $share/<group>/");
            case CONNECTION_RATE_EXCEEDED ->
                    passing(
                            "too many clients connect at once",
                            "A longer 'reconnect.initial-delay' spreads them");
            case MAXIMUM_CONNECT_TIME ->
                    passing("it lets nobody stay connected for longer than this", null);
            case WILDCARD_SUBSCRIPTIONS_NOT_SUPPORTED ->
                    permanent("it does not support wildcards in filters", "Name the topic itself");
            default -> null;
        };
    }

    /** What it means for good that the broker answers SUBSCRIBE so; null if that may pass. */
    static String subscribing(int code) {
        return switch (code) {
            case NOT_AUTHORIZED ->
                    "does not allow this user to subscribe to it. Give the user the right in the broker's access rules.";
            case TOPIC_FILTER_INVALID -> "says that the filter is not valid.";
            case SHARED_SUBSCRIPTIONS_NOT_SUPPORTED ->
                    "does not support shared subscriptions. Use the filter without $share/<group>/.";
            case WILDCARD_SUBSCRIPTIONS_NOT_SUPPORTED -> "does not support wildcards in filters.";
            case UNSPECIFIED ->
                    "refused it without a reason. Most often the user has not the right to subscribe to it.";
            default -> null;
        };
    }

    /** What it means for good that the broker answers PUBLISH so; null if that may pass. */
    static String publishing(int code) {
        return switch (code) {
            case NOT_AUTHORIZED ->
                    "does not allow this user to publish to it. Give the user the right in the broker's access rules.";
            case TOPIC_NAME_INVALID -> "says that the topic is not valid.";
            case PACKET_TOO_LARGE -> "does not take packets of that size. Raise its limit.";
            case PAYLOAD_FORMAT_INVALID ->
                    "says that the payload is not of the format that the message claims.";
            case RETAIN_NOT_SUPPORTED ->
                    "does not store messages on their topics. Publish without 'retain'.";
            case QOS_NOT_SUPPORTED -> "does not take that quality of service. Lower it.";
            default -> null;
        };
    }

    private static Meaning passing(String text, String advice) {
        return new Meaning(text, advice, false);
    }

    private static Meaning permanent(String text, String advice) {
        return new Meaning(text, advice, true);
    }
}
