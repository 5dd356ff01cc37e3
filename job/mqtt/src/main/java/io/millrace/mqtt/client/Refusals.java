package io.millrace.mqtt.client;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Sorts what brokers answer into failures that pass and refusals that stay, with what to do about
 * each. Stateless.
 */
final class Refusals {
    /**
     * What an MQTT 5 broker adds to a code.
     *
     * @param reason its own words, or null
     * @param server where it wants to send the client, or null
     */
    record Said(String reason, String server) {
        static final Said NOTHING = new Said(null, null);
    }

    /** Where and as whom. */
    private final String address;

    private final String clientId;

    Refusals(String address, String clientId) {
        this.address = address;
        this.clientId = clientId;
    }

    /** An MQTT 5 reason code of CONNACK. */
    MqttFailure connect5(int code, Said said, Throwable cause) {
        return switch (code) {
            case ReasonCode.UNSUPPORTED_PROTOCOL -> unsupportedProtocol("5", "3.1.1", cause);
            case ReasonCode.CLIENT_ID_NOT_VALID -> clientIdNotValid(cause);
            case ReasonCode.BAD_USER_NAME_OR_PASSWORD -> badCredentials(cause);
            default -> either("refuses the connection", code, said, cause);
        };
    }

    /** A return code of MQTT 3.1.1's CONNACK. */
    MqttFailure connect3(int code, Throwable cause) {
        return switch (code) {
            case 1 -> unsupportedProtocol("3.1.1", "5", cause);
            case 2 -> clientIdNotValid(cause);
            case 3 -> passing("is not available for now", cause);
            case 4 -> badCredentials(cause);
            case 5 -> notAuthorized(cause);
            default -> passing("answered CONNECT with code " + code, cause);
        };
    }

    /** A broker that does not speak the version asked for at all. */
    MqttFailure unsupportedProtocol(String asked, String other, Throwable cause) {
        return permanent(
                "does not speak MQTT " + asked + ". Try 'protocol-version' = '" + other + "'.",
                cause);
    }

    /** A code of SUBACK that is no granted QoS; MQTT 3.1.1 knows only 0x80. */
    MqttFailure subscribe(int code, String filter) {
        String what = ReasonCode.subscribing(code);
        if (what != null) {
            return MqttFailure.permanent(
                    "Cannot subscribe to '" + filter + "': the broker at " + address + " " + what,
                    null);
        }
        return passing(
                code == ReasonCode.QUOTA_EXCEEDED
                        ? "allows no more subscriptions (quota) and refuses '"
                                + filter
                                + "'. Raise its limit"
                        : "answered SUBSCRIBE to '" + filter + "' with code " + hex(code),
                null);
    }

    /**
     * A code of PUBACK from 0x80 on. A failure that is permanent means that the message can never
     * be published.
     */
    MqttFailure publish(int code, String topic) {
        String what = ReasonCode.publishing(code);
        if (what != null) {
            return MqttFailure.permanent(
                    "Cannot publish to '" + topic + "': the broker at " + address + " " + what,
                    null);
        }
        return passing(
                code == ReasonCode.QUOTA_EXCEEDED
                        ? "takes no message on '"
                                + topic
                                + "' for now (quota). Publish less or raise its limit"
                        : "answered PUBLISH to '" + topic + "' with code " + hex(code),
                null);
    }

    /** An MQTT 5 reason code of a DISCONNECT that the broker sent. */
    MqttFailure disconnect(int code, Said said, Throwable cause) {
        if (code == ReasonCode.SESSION_TAKEN_OVER) {
            return MqttFailure.permanent(
                    "Another client uses the id '"
                            + clientId
                            + "' at "
                            + address
                            + ": two jobs with the same 'client-id.prefix'? Stop one or give it another prefix.",
                    cause);
        }
        return either("ended the connection", code, said, cause);
    }

    /** Codes that mean the same in CONNACK and DISCONNECT. */
    private MqttFailure either(String what, int code, Said said, Throwable cause) {
        if (code == ReasonCode.NOT_AUTHORIZED || code == ReasonCode.BANNED) {
            return notAuthorized(cause);
        }
        ReasonCode.Meaning meaning = ReasonCode.meaning(code);
        String text =
                what
                        + (meaning == null ? " with code " + hex(code) : ": " + meaning.text())
                        + (said.server() == null ? "" : "; it names " + said.server())
                        + (said.reason() == null ? "" : "; it says: " + said.reason())
                        + (meaning == null || meaning.advice() == null
                                ? ""
                                : ". " + meaning.advice());
        return meaning != null && meaning.permanent()
                ? permanent(text + ".", cause)
                : passing(text, cause);
    }

    /** Anything that is no answer of the broker. */
    MqttFailure network(String doing, Throwable cause) {
        Throwable root = cause;
        while (root != null && root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return MqttFailure.passing(
                doing
                        + " "
                        + address
                        + " failed"
                        + (root == null ? "." : ": " + sentence(root) + "." + adviceAboutTls(root)),
                cause);
    }

    /** What an exception says; its name too where that is no sentence. */
    private static String sentence(Throwable thrown) {
        String message = thrown.getMessage();
        return message != null && message.contains(" ") ? message : thrown.toString();
    }

    private static String adviceAboutTls(Throwable root) {
        String message = String.valueOf(root.getMessage());
        if (root instanceof CertPathBuilderException) {
            return " Is the authority of the broker's certificate in 'tls.ca'?";
        }
        if (root instanceof CertificateException
                && (message.startsWith("No name") || message.startsWith("No subject"))) {
            return " The certificate is for another name: is that the broker's in 'url'? If the certificate is right, give its name with 'tls.server-name'.";
        }
        if (message.endsWith("certificate_required") || message.endsWith("bad_certificate")) {
            return " Does the broker want a certificate of the client ('tls.certificate')?";
        }
        return "";
    }

    /** The connect timeout is over. */
    MqttFailure slow(Duration timeout) {
        return MqttFailure.passing(
                "Connecting to "
                        + address
                        + " failed: no answer within "
                        + timeout.toMillis()
                        + " ms ('connect-timeout').",
                null);
    }

    /**
     * The broker hung up without a word.
     *
     * @param connected whether it had answered CONNECT before
     */
    MqttFailure closed(boolean connected) {
        return passing(
                connected ? "closed the connection" : "closed the connection before CONNACK", null);
    }

    /** Nothing came for too long. */
    MqttFailure silent(int keepAliveSeconds) {
        return passing(
                "has been silent for more than one and a half times the keep-alive of "
                        + keepAliveSeconds
                        + " s, pings notwithstanding",
                null);
    }

    /** The broker sent what it must not. */
    MqttFailure protocol(String what) {
        return passing(what + ", which the protocol does not allow", null);
    }

    /** The broker sent something that is no MQTT. */
    MqttFailure malformed(Throwable cause) {
        return passing("sent something that is no MQTT packet: " + cause.getMessage(), cause);
    }

    /** The broker sent more than the client takes. */
    MqttFailure tooLong(int maxPacketSize, Throwable cause) {
        return permanent(
                "sent a packet that is longer than 'max-packet-size', which is "
                        + maxPacketSize
                        + " bytes. Raise it.",
                cause);
    }

    /** The broker sent a QoS 2 message, which a client that asks for 1 at most cannot take. */
    MqttFailure qos2(String topic) {
        return permanent(
                "sent a message with QoS 2 on '"
                        + topic
                        + "' though 1 at most was asked for: another program has subscribed with the client id '"
                        + clientId
                        + "'. Choose another 'client-id.prefix' or remove that session.",
                null);
    }

    /** None of several addresses answered. */
    static MqttFailure all(List<MqttFailure> failures) {
        if (failures.size() == 1) {
            return failures.get(0);
        }
        return MqttFailure.passing(
                "None of the "
                        + failures.size()
                        + " addresses can be used. "
                        + failures.stream()
                                .map(Throwable::getMessage)
                                .collect(Collectors.joining(" ")),
                failures.get(failures.size() - 1));
    }

    private MqttFailure badCredentials(Throwable cause) {
        return permanent(
                "refuses the user name or password. Check 'username' and 'password'.", cause);
    }

    private MqttFailure notAuthorized(Throwable cause) {
        return permanent(
                "does not let the client '"
                        + clientId
                        + "' in: not authorized. Check 'username', 'password' and the broker's access rules.",
                cause);
    }

    private MqttFailure clientIdNotValid(Throwable cause) {
        return permanent(
                "refuses the client id '" + clientId + "'. Choose another 'client-id.prefix'.",
                cause);
    }

    private MqttFailure permanent(String what, Throwable cause) {
        return MqttFailure.permanent("The broker at " + address + " " + what, cause);
    }

    private MqttFailure passing(String what, Throwable cause) {
        return MqttFailure.passing("The broker at " + address + " " + what + ".", cause);
    }

    private static String hex(int code) {
        return "0x%02X".formatted(code);
    }
}
