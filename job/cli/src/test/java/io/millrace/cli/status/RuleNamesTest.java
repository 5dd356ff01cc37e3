package io.millrace.cli.status;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class RuleNamesTest {
    @Test
    void givesBackTheNameThatTheAuthorWrote() throws IOException {
        RuleNames names = names("\"millrace.rule.1\": \"hall 7: temp, hum v1.2\", \"x\": \"y\"");
        assertThat(names.written("hall_7__temp__hum_v1_2")).isEqualTo("hall 7: temp, hum v1.2");
        assertThat(names.written("y")).as("no rule that is known").isEqualTo("y");
    }

    @Test
    void namesAllRulesWhoseMetricsAreOne() throws IOException {
        assertThat(
                        names("\"millrace.rule.1\": \"a b\", \"millrace.rule.2\": \"a.b\"")
                                .written("a_b"))
                .isEqualTo("a b, a.b");
    }

    @Test
    void knowsNoNamesOfOtherJobs() throws IOException {
        assertThat(RuleNames.in(new ObjectMapper().readTree("{}"))).isEqualTo(RuleNames.NONE);
    }

    private static RuleNames names(String parameters) throws IOException {
        return RuleNames.in(
                new ObjectMapper()
                        .readTree(
                                "{\"jid\": \"1\", \"execution-config\": {\"user-config\": {"
                                        + parameters
                                        + "}}}"));
    }
}
