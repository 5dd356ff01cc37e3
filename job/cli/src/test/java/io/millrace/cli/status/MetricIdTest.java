package io.millrace.cli.status;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MetricIdTest {
    @Test
    void findsTheRuleInFlinksName() {
        assertThat(MetricId.parse("0.Sink__a[3]__Writer.rule.temp_hum.written"))
                .contains(new MetricId("0.Sink__a[3]__Writer", "temp_hum", RuleMetric.WRITTEN));
    }

    @Test
    void passesOverAllElse() {
        assertThat(MetricId.parse("0.Sink__a.tdengine.deadLetters")).isEmpty();
        assertThat(MetricId.parse("0.Calc.rule.temp_hum.unheardOf")).isEmpty();
        assertThat(MetricId.parse("0.busyTimeMsPerSecond")).isEmpty();
    }
}
