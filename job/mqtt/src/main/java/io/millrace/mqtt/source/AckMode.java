package io.millrace.mqtt.source;

/** When a message is acknowledged to the broker. */
public enum AckMode {
    /** When a checkpoint that contains the message is complete: at least once. */
    CHECKPOINT("checkpoint"),
    /** When the message is in the journal: at least once, whatever the broker's window. */
    JOURNAL("journal"),
    /** When the message is handed over to the job: lost if the job fails before it is written. */
    RECEIVE("receive");

    private final String text;

    AckMode(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}
