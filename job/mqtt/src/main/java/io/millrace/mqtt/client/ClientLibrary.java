package io.millrace.mqtt.client;

/** Which implementation speaks MQTT. */
public enum ClientLibrary {
    /** Our own client on netty's MQTT codec. */
    NETTY("netty"),
    /** Eclipse Paho's clients. */
    PAHO("paho");

    private final String text;

    ClientLibrary(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}
