package io.millrace.mqtt.source;

/** What to do about messages that the broker sends again. */
public enum Deduplication {
    OFF("off"),
    /** Leave out what the session has emitted already, known by packet id and digest. */
    SESSION("session");

    private final String text;

    Deduplication(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}
