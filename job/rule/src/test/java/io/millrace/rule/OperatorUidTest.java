package io.millrace.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class OperatorUidTest {
    @Test
    void isTheOneThatReleasesBeforeUsed() {
        assertThat(new OperatorUid(List.of("b", "a"), "GroupAggregate", "5b1c9d7e0a44").text())
                .isEqualTo("rules 'a', 'b': GroupAggregate #5b1c9d7e0a44");
        assertThat(new OperatorUid(List.of("a"), "tdengine.db.t: Writer", "").text())
                .isEqualTo("rule 'a': tdengine.db.t: Writer");
    }

    @Test
    void isReadBackWhateverTheNames() {
        for (OperatorUid uid :
                List.of(
                        new OperatorUid(List.of("a"), "Calc", "5b1c9d7e0a44-2"),
                        new OperatorUid(List.of("it's: ', 'b", "x"), "t: Writer", ""),
                        new OperatorUid(List.of("a"), "mqtt.d.o'clock, #x: Committer", ""))) {
            assertThat(OperatorUid.parse(uid.text())).contains(uid);
        }
    }

    @Test
    void isNotFoundInOtherUids() {
        assertThat(OperatorUid.parse("MQTT source of topic 'a'")).isEmpty();
        assertThat(OperatorUid.parse("rule 'a' without end")).isEmpty();
    }
}
