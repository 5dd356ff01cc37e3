package io.millrace.mqtt.client;

import java.util.Arrays;
import java.util.stream.Stream;

/** What the tests of the clients run with. */
record ClientUnderTest(ClientLibrary library, ProtocolVersion version) {
    static Stream<ClientUnderTest> all() {
        return Arrays.stream(ClientLibrary.values())
                .flatMap(
                        library ->
                                Arrays.stream(ProtocolVersion.values())
                                        .map(version -> new ClientUnderTest(library, version)));
    }

    /** Settings for this client, to begin with. */
    TestSettings settings(String url) {
        return new TestSettings(this, url);
    }

    boolean isV5() {
        return version == ProtocolVersion.V5;
    }

    boolean isPaho() {
        return library == ClientLibrary.PAHO;
    }

    /** Paho's client for MQTT 5 keeps the flag to itself. */
    boolean tellsRepeated() {
        return !isPaho() || !isV5();
    }

    @Override
    public String toString() {
        return library + ", MQTT " + version;
    }
}
