package io.millrace.mqtt.client;

/**
 * Sorts what brokers answer into failures that pass and refusals that stay, with what to do about
 * each. Stateless.
 */
final class Refusals {
    private static final int UNSUPPORTED_PROTOCOL = 0x84;
    private static final int CLIENT_ID_NOT_VALID = 0x85;
    private static final int BAD_USER_NAME_OR_PASSWORD = 0x86;
    private static final int NOT_AUTHORIZED = 0x87;
    private static final int BANNED = 0x8A;
    private static final int BAD_AUTHENTICATION_METHOD = 0x8C;
    private static final int SESSION_TAKEN_OVER = 0x8E;
    private static final int TOPIC_FILTER_INVALID = 0x8F;
    private static final int SHARED_SUBSCRIPTIONS_NOT_SUPPORTED = 0x9E;
    private static final int WILDCARD_SUBSCRIPTIONS_NOT_SUPPORTED = 0xA2;

    /** Where and as whom. */
    private final String address;

    private final String clientId;

    Refusals(String address, String clientId) {
        this.address = address;
        this.clientId = clientId;
    }

    /** An MQTT 5 reason code of CONNACK. */
    MqttFailure connect5(int code, Throwable cause) {
        return switch (code) {
            case UNSUPPORTED_PROTOCOL -> unsupportedProtocol("5", "3.1.1", cause);
            case CLIENT_ID_NOT_VALID -> clientIdNotValid(cause);
            case BAD_USER_NAME_OR_PASSWORD, BAD_AUTHENTICATION_METHOD -> badCredentials(cause);
            case NOT_AUTHORIZED, BANNED -> notAuthorized(cause);
            default -> passing("answered CONNECT with code " + hex(code), cause);
        };
    }

    /** A return code of MQTT 3.1.1's CONNACK. */
    MqttFailure connect3(int code, Throwable cause) {
        return switch (code) {
            case 1 -> unsupportedProtocol("3.1.1", "5", cause);
            case 2 -> clientIdNotValid(cause);
            case 4 -> badCredentials(cause);
            case 5 -> notAuthorized(cause);
            default -> passing("answered CONNECT with code " + code, cause);
        };
    }

    /** A broker that does not speak MQTT 5 at all. */
    MqttFailure unsupportedProtocol(String asked, String other, Throwable cause) {
        return MqttFailure.permanent(
                broker()
                        + " does not speak MQTT "
                        + asked
                        + ". Try 'protocol-version' = '"
                        + other
                        + "'.",
                cause);
    }

    /** A code of SUBACK that is no granted QoS; MQTT 3.1.1 knows only 0x80. */
    MqttFailure subscribe(int code, String filter) {
        String what =
                switch (code) {
                    case NOT_AUTHORIZED ->
                            "does not allow this user to subscribe to it. Give the user the right in the broker's access rules.";
                    case TOPIC_FILTER_INVALID -> "says that the filter is not valid.";
                    case SHARED_SUBSCRIPTIONS_NOT_SUPPORTED ->
                            "does not support shared subscriptions. Use the filter without $share/<group>/.";
                    case WILDCARD_SUBSCRIPTIONS_NOT_SUPPORTED ->
                            "does not support wildcards in filters.";
                    case 0x80 ->
                            "refused it without a reason. Most often the user has not the right to subscribe to it.";
                    default -> null;
                };
        if (what == null) {
            return passing("answered SUBSCRIBE to '" + filter + "' with code " + hex(code), null);
        }
        return MqttFailure.permanent(
                "Cannot subscribe to '" + filter + "': " + lower(broker()) + " " + what, null);
    }

    /** An MQTT 5 reason code of a DISCONNECT that the broker sent. */
    MqttFailure disconnect(int code, String reason, Throwable cause) {
        if (code == SESSION_TAKEN_OVER) {
            return MqttFailure.permanent(
                    "Another client uses the id '"
                            + clientId
                            + "' at "
                            + address
                            + ": two jobs with the same 'client-id.prefix'? Stop one or give it another prefix.",
                    cause);
        }
        if (code == NOT_AUTHORIZED || code == BANNED) {
            return notAuthorized(cause);
        }
        return passing(
                "ended the connection with code "
                        + hex(code)
                        + (reason == null ? "" : " (" + reason + ")"),
                cause);
    }

    /** Anything that is no answer of the broker. */
    MqttFailure network(String doing, Throwable cause) {
        Throwable root = cause;
        while (root != null && root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return MqttFailure.passing(
                doing + " " + address + " failed" + (root == null ? "." : ": " + root + "."),
                cause);
    }

    private MqttFailure badCredentials(Throwable cause) {
        return MqttFailure.permanent(
                broker() + " refuses the user name or password. Check 'username' and 'password'.",
                cause);
    }

    private MqttFailure notAuthorized(Throwable cause) {
        return MqttFailure.permanent(
                broker()
                        + " does not let the client '"
                        + clientId
                        + "' in: not authorized. Check 'username', 'password' and the broker's access rules.",
                cause);
    }

    private MqttFailure clientIdNotValid(Throwable cause) {
        return MqttFailure.permanent(
                broker()
                        + " refuses the client id '"
                        + clientId
                        + "'. Choose another 'client-id.prefix'.",
                cause);
    }

    private MqttFailure passing(String what, Throwable cause) {
        return MqttFailure.passing(broker() + " " + what + ".", cause);
    }

    private String broker() {
        return "The broker at " + address;
    }

    private static String lower(String text) {
        return "t" + text.substring(1);
    }

    private static String hex(int code) {
        return "0x%02X".formatted(code);
    }
}
