package io.millrace.cli.trial;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.millrace.rule.plan.PlannedRule;
import io.millrace.rule.trial.Sample;
import io.millrace.rule.trial.TrialEvent;
import io.millrace.rule.trial.TrialResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final PlannedRule RULE =
            new PlannedRule(
                    "rule", "rule.sql", 1, "", "flink", List.of("t"), "tdengine.iot.readings");

    private static TrialEvent row(String subTable, Object... columns) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (int i = 0; i < columns.length; i += 2) {
            values.put((String) columns[i], columns[i + 1]);
        }
        return new TrialEvent.Wrote(
                "rule",
                "INSERT …",
                List.of(new TrialEvent.Row("iot", subTable, "readings", values)));
    }

    private static List<String> differences(
            String expect, List<String> letters, TrialEvent... given) throws Exception {
        Map<String, List<JsonNode>> expected = new LinkedHashMap<>();
        YAML.readTree(expect)
                .properties()
                .forEach(
                        entry -> {
                            List<JsonNode> rows = new ArrayList<>();
                            entry.getValue().forEach(rows::add);
                            expected.put(entry.getKey(), rows);
                        });
        TrialResult.MessageResult message =
                new TrialResult.MessageResult(
                        Sample.of("t", new byte[0], Instant.EPOCH),
                        List.of(),
                        List.of(),
                        List.of(
                                new TrialResult.RuleResult(
                                        RULE,
                                        TrialResult.Outcome.GIVES,
                                        List.of(given),
                                        List.of(),
                                        null)));
        TrialResult result =
                new TrialResult(
                        List.of(message),
                        new TrialResult.MessageResult(null, List.of(), List.of(), List.of()));
        return Comparison.differences(
                new TestCase(
                        "case",
                        List.of(),
                        Instant.EPOCH,
                        Optional.of(expected),
                        letters,
                        List.of()),
                result);
    }

    @Test
    void findsRowsUnderEachOfTheirNames() throws Exception {
        TrialEvent given = row("d_7", "ts", "2026-01-01T12:00:00Z", "temp", 23.5f, "note", null);
        String row = ": [{tbname: d_7, ts: '2026-01-01T13:00:00+01:00', temp: 23.50, note: null}]";
        for (String name :
                List.of("rule", "tdengine.iot.readings", "iot.readings", "readings", "d_7")) {
            assertThat(differences(name + row, List.of(), given)).as(name).isEmpty();
        }
    }

    @Test
    void saysWhatIsDifferent() throws Exception {
        assertThat(
                        differences(
                                "readings: [{temp: 24, hum: 1}, {temp: 1}]",
                                List.of("too long"),
                                row("d_7", "temp", 23.5)))
                .containsExactly(
                        "readings row 1: temp is 23.5, expected 24",
                        "readings row 1 has no column 'hum'; there are tbname, temp",
                        "readings row 2 is missing: {\"temp\":1}",
                        "dead letter 1 is missing: one with 'too long'");
    }

    @Test
    void saysWhatNobodyExpects() throws Exception {
        assertThat(
                        differences(
                                "d_8: []",
                                List.of(),
                                row("d_7", "temp", 1),
                                new TrialEvent.Kept("rule", "tdengine", "too long", Map.of())))
                .containsExactly(
                        "iot.readings: nobody expects {\"tbname\":\"d_7\",\"temp\":1}",
                        "dead letter 1 is not expected: too long");
    }
}
