package io.millrace.rule.emqx;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Functions answer as EMQX's do. */
class FunctionVectorTest {

    @Test
    void functionsAnswerAsExpected() {
        assertThat(Vectors.run("functions.jsonl", FunctionVectorTest::check)).isEmpty();
    }

    private static String check(JsonNode vector) {
        EmqxRule rule =
                EmqxRule.compile(
                        "SELECT %s as r FROM \"t\"".formatted(vector.get("fn").asText()),
                        Mode.AS_EMQX);
        JsonNode expect = vector.get("expect");
        List<Map<String, Object>> rows = new ArrayList<>();
        try {
            rule.evaluator().evaluate(new VectorMessage(vector.get("message")), rows::add);
        } catch (EmqxException e) {
            return !expect.get("ok").asBoolean() && Expected.isHead(expect, e.head())
                    ? null
                    : "%s gave %s (%s), expected %s"
                            .formatted(vector.get("fn"), e.head(), e.getMessage(), expect);
        }
        Object value = rows.get(0).get("r");
        boolean nearly =
                vector.get("group").asText().equals("math")
                        || vector.get("group").asText().equals("operator");
        Expected expected = new Expected(nearly, expect.path("json_text").asBoolean());
        return expect.get("ok").asBoolean() && expected.matches(expect.get("result"), value)
                ? null
                : "%s of %s gave %s, expected %s"
                        .formatted(vector.get("fn"), vector.get("message"), value, expect);
    }
}
