package io.millrace.rule.emqx;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.rule.emqx.syntax.EmqxSyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Rules give the rows that EMQX gives. */
class RuleVectorTest {

    @Test
    void rulesGiveTheExpectedRows() {
        assertThat(Vectors.run("rules.jsonl", RuleVectorTest::check)).isEmpty();
    }

    private static String check(JsonNode vector) {
        String wrong = wrong(vector);
        return wrong == null
                ? null
                : "%s on %s %s, expected %s"
                        .formatted(
                                vector.get("sql").asText(),
                                vector.get("message"),
                                wrong,
                                vector.get("expect"));
    }

    private static String wrong(JsonNode vector) {
        JsonNode expect = vector.get("expect");
        String expectedClass = expect.path("error_class").asText();
        EmqxRule rule;
        try {
            rule = EmqxRule.compile(vector.get("sql").asText(), Mode.AS_EMQX);
        } catch (EmqxSyntaxException e) {
            return expectedClass.equals("parse") && Expected.isHead(expect, e.kind().head())
                    ? null
                    : "is refused: %s %s".formatted(e.kind(), e.getMessage());
        }
        if (expectedClass.equals("parse")) {
            return "is not refused";
        }
        VectorMessage message = new VectorMessage(vector.get("message"));
        boolean matched = message.isFor(rule);
        List<Map<String, Object>> rows = new ArrayList<>();
        if (matched) {
            try {
                rule.evaluator().evaluate(message, rows::add);
            } catch (EmqxException e) {
                return expectedClass.equals("eval")
                                && expect.get("phase").asText().equals(e.phase().toString())
                                && Expected.isHead(expect, e.head())
                        ? null
                        : "fails: %s %s".formatted(e.head(), e.getMessage());
            }
        }
        if (!expect.get("ok").asBoolean()) {
            return "gives " + rows;
        }
        if (expect.get("matched").asBoolean() != matched) {
            return "matches is " + matched;
        }
        return new Expected(true, expect.path("json_text").asBoolean())
                        .matches(expect.get("result"), rows)
                ? null
                : "gives " + rows;
    }
}
