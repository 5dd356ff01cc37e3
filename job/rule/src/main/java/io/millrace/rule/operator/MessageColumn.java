package io.millrace.rule.operator;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The columns of a message as EMQX's rules know them, and what of a topic table each needs. */
public enum MessageColumn {
    ID(MessageInput.RECEIVED_AT, MessageInput.MESSAGE_ID),
    CLIENTID(MessageInput.CLIENTID),
    USERNAME(MessageInput.USER_PROPERTIES),
    PAYLOAD,
    PEERHOST,
    PEERNAME,
    TOPIC,
    QOS(MessageInput.QOS),
    FLAGS(MessageInput.RETAIN, MessageInput.DUP),
    PUB_PROPS(
            MessageInput.USER_PROPERTIES,
            MessageInput.CONTENT_TYPE,
            MessageInput.RESPONSE_TOPIC,
            MessageInput.CORRELATION_DATA,
            MessageInput.MESSAGE_EXPIRY),
    PUBLISH_RECEIVED_AT(MessageInput.RECEIVED_AT),
    TIMESTAMP,
    CLIENT_ATTRS,
    EVENT,
    NODE,
    METADATA;

    private final Set<MessageInput> inputs;

    MessageColumn(MessageInput... inputs) {
        // All rules need these: the one they are about, the other for dead letters.
        this.inputs = EnumSet.of(MessageInput.RAW_PAYLOAD, MessageInput.TOPIC);
        this.inputs.addAll(List.of(inputs));
    }

    /** The column's name. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The columns of a topic table that it is made of. */
    public Set<MessageInput> inputs() {
        return inputs;
    }

    private boolean isUnknown() {
        return this == PEERHOST || this == PEERNAME || this == CLIENT_ATTRS;
    }

    /** What a rule that reads a column should know if the column may be undefined for good. */
    public static Optional<String> doubt(String name) {
        Optional<MessageColumn> column = of(name);
        if (column.isEmpty()) {
            return Optional.of(
                    "Column '%s' is of an event that only the broker sees; it is undefined here."
                            .formatted(name));
        }
        if (column.get().isUnknown()) {
            return Optional.of(
                    "Column '%s' is undefined: MQTT does not tell a subscriber who published. Let the device, or a rule in EMQX, put it into the payload or a user property."
                            .formatted(name));
        }
        return column.get() == USERNAME
                ? Optional.of(
                        "Column 'username' is the user property 'username' of a message, and undefined without: MQTT does not tell a subscriber who published.")
                : Optional.empty();
    }

    /** Finds a column by its name. */
    public static Optional<MessageColumn> of(String name) {
        return Stream.of(values()).filter(column -> column.text().equals(name)).findFirst();
    }

    /** The names of those that a message can have. */
    public static List<String> names() {
        return Stream.of(values())
                .filter(column -> !column.isUnknown())
                .map(MessageColumn::text)
                .toList();
    }
}
