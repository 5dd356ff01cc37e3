package io.millrace.mqtt.table;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SourceUidTest {
    @Test
    void isTheOneThatReleasesBeforeUsed() {
        assertThat(new SourceUid("mqtt", "devices/+/temp", "plant-7-3f2a01bc").text())
                .isEqualTo(
                        "MQTT source of topic 'devices/+/temp', client ids plant-7-3f2a01bc-*, connection 'mqtt'");
    }

    @Test
    void isReadBackWhateverTheNames() {
        SourceUid odd = new SourceUid("o'dd', connection 'x", "it's, a/'topic'", "p-*-q");
        assertThat(SourceUid.parse(odd.text()).orElseThrow().text()).isEqualTo(odd.text());
        SourceUid plain = new SourceUid("plant", "$share/g/devices/#", "a-01234567");
        assertThat(SourceUid.parse(plain.text())).contains(plain);
    }

    @Test
    void isNotFoundInOtherUids() {
        assertThat(SourceUid.parse("rule 'a': GroupAggregate")).isEmpty();
        assertThat(SourceUid.parse("17_mqtt")).isEmpty();
    }
}
