package io.millrace.mqtt.client;

/** What went wrong on a connection, and whether trying again can help. */
public final class MqttFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean permanent;

    private MqttFailure(String message, boolean permanent, Throwable cause) {
        super(message, cause);
        this.permanent = permanent;
    }

    /** The network or the broker fails for now. */
    public static MqttFailure passing(String message, Throwable cause) {
        return new MqttFailure(message, false, cause);
    }

    /** The broker refuses, and will again: a person has to change something. */
    public static MqttFailure permanent(String message, Throwable cause) {
        return new MqttFailure(message, true, cause);
    }

    /** Whether a person has to change something. */
    public boolean isPermanent() {
        return permanent;
    }
}
