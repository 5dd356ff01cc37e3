package io.millrace.mqtt.client;

/** Versions of MQTT that the connector speaks. */
public enum ProtocolVersion {
    V5("5"),
    V3_1_1("3.1.1");

    private final String text;

    ProtocolVersion(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}
