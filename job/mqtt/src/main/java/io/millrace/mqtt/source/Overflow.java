package io.millrace.mqtt.source;

/** What becomes of QoS 0 messages that come faster than the job takes them. */
public enum Overflow {
    /** Hold the broker back. */
    WAIT("wait"),
    DROP_NEWEST("drop-newest"),
    DROP_OLDEST("drop-oldest");

    private final String text;

    Overflow(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}
