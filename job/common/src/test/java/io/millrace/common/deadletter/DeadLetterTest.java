package io.millrace.common.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeadLetterTest {
    @Test
    void aLetterIsReadAsItWasWritten() {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("topic", "t");
        details.put("clientid", null);
        details.put("value", new BigDecimal("0.10000000000000000001"));
        details.put("payload_base64", new byte[] {1, 2});
        String json =
                new DeadLetter(Instant.parse("2026-01-31T10:00:00Z"), "rule", "why", details)
                        .json();
        DeadLetter read = DeadLetter.parse(json);
        assertThat(read.origin()).isEqualTo("rule");
        assertThat(read.details()).containsEntry("payload_base64", "AQI=").hasSize(4);
        assertThat(read.json()).isEqualTo(json);
    }

    @Test
    void whatIsNoLetterIsRefused() {
        assertThatThrownBy(() -> DeadLetter.parse("{\"at\": 1}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no dead letter");
        assertThatThrownBy(() -> DeadLetter.parse("x"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
