package io.millrace.mqtt.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusalsTest {
    private final Refusals refusals = new Refusals("tcp://h:1883", "plant-0");

    @ParameterizedTest
    @CsvSource({
        "0x84, 'protocol-version'",
        "0x85, 'client-id.prefix'",
        "0x86, 'password'",
        "0x87, 'access rules'"
    })
    void refusalsOfMqtt5StayAndSayWhatToDo(String code, String advice) {
        MqttFailure failure = refusals.connect5(Integer.decode(code), Refusals.Said.NOTHING, null);

        assertThat(failure.isPermanent()).isTrue();
        assertThat(failure).hasMessageContaining(advice);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 'protocol-version'",
        "2, 'client-id.prefix'",
        "4, 'password'",
        "5, 'access rules'"
    })
    void refusalsOfMqtt311StayAndSayWhatToDo(int code, String advice) {
        MqttFailure failure = refusals.connect3(code, null);

        assertThat(failure.isPermanent()).isTrue();
        assertThat(failure).hasMessageContaining(advice);
    }

    @Test
    void aBusyBrokerAndABrokenNetworkPass() {
        assertThat(refusals.connect5(0x89, Refusals.Said.NOTHING, null).isPermanent()).isFalse();
        assertThat(refusals.connect3(3, null).isPermanent()).isFalse();
        MqttFailure failure =
                refusals.network("Connecting to", new Exception(new IOException("no route")));
        assertThat(failure.isPermanent()).isFalse();
        assertThat(failure).hasMessage("Connecting to tcp://h:1883 failed: no route.");
    }

    @Test
    void aSessionThatIsTakenOverAsksForAnotherPrefix() {
        MqttFailure failure = refusals.disconnect(0x8E, Refusals.Said.NOTHING, null);

        assertThat(failure.isPermanent()).isTrue();
        assertThat(failure)
                .hasMessage(
                        "Another client uses the id 'plant-0' at tcp://h:1883: two jobs with the same"
                                + " 'client-id.prefix'? Stop one or give it another prefix.");
        assertThat(
                        refusals.disconnect(0x8B, new Refusals.Said("restart", null), null)
                                .isPermanent())
                .isFalse();
    }

    @Test
    void aSubscriptionThatIsNotAllowedNamesTheFilter() {
        assertThat(refusals.subscribe(0x87, "a/#").isPermanent()).isTrue();
        assertThat(refusals.subscribe(0x87, "a/#")).hasMessageContaining("'a/#'");
        assertThat(refusals.subscribe(0x97, "a/#").isPermanent()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "0x88, false, not available",
        "0x8D, false, 'keep-alive'",
        "0x96, false, too fast",
        "0x97, false, quota",
        "0x95, false, longer than it takes",
        "0x9C, false, 'url'",
        "0x9F, false, 'reconnect.initial-delay'",
        "0x9A, true, 'retain'",
        "0xA2, true, wildcards"
    })
    void whyABrokerEndsAConnectionIsToldInWords(String code, boolean permanent, String words) {
        MqttFailure failure =
                refusals.disconnect(Integer.decode(code), Refusals.Said.NOTHING, null);

        assertThat(failure.isPermanent()).isEqualTo(permanent);
        assertThat(failure).hasMessageContaining(words).hasMessageEndingWith(".");
    }

    @Test
    void whatABrokerAddsToACodeIsTold() {
        assertThat(refusals.disconnect(0x9D, new Refusals.Said("bye", "other:1883"), null))
                .hasMessage(
                        "The broker at tcp://h:1883 ended the connection: it has moved; it names"
                                + " other:1883; it says: bye. Put the new address into 'url'.");
    }

    @ParameterizedTest
    @CsvSource({
        "0x87, true, access rules",
        "0x90, true, topic is not valid",
        "0x95, true, size",
        "0x99, true, format",
        "0x9A, true, 'retain'",
        "0x9B, true, quality of service",
        "0x97, false, quota",
        "0x80, false, 0x80",
        "0x83, false, 0x83"
    })
    void aMessageThatCannotEverBePublishedIsTold(String code, boolean permanent, String words) {
        MqttFailure failure = refusals.publish(Integer.decode(code), "a/b");

        assertThat(failure.isPermanent()).isEqualTo(permanent);
        assertThat(failure).hasMessageContaining("'a/b'").hasMessageContaining(words);
    }
}
