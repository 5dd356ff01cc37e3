package io.millrace.mqtt.client;

/** When a broker sends the retained messages of a subscription. */
public enum RetainedHandling {
    /** When the session subscribes for the first time. */
    ON_NEW_SESSION("on-new-session", 1),
    /** With each connection. */
    ALWAYS("always", 0),
    NEVER("never", 2);

    private final String text;
    private final int code;

    RetainedHandling(String text, int code) {
        this.text = text;
        this.code = code;
    }

    /** What MQTT 5 puts into the subscription options. */
    public int code() {
        return code;
    }

    @Override
    public String toString() {
        return text;
    }
}
