package io.millrace.tdengine.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Templates as EMQX takes them. What EMQX accepts and has no typed form is refused; for the rest
 * the compiled template, put together as text again the way EMQX does, is EMQX's statement.
 */
class SqlTemplateVectorTest {
    /** Accepted by EMQX and refused here, with a word of the reason. */
    private static final Map<String, String> REFUSED =
            Map.of("tp-tdengine-018", "only a span", "tp-tdengine-034", "subquery");

    record Vector(String id, String template, JsonNode json) {
        boolean accepted() {
            return json.get("expect").get("ok").asBoolean();
        }

        @Override
        public String toString() {
            return id + ": " + template;
        }
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void agreesWithEmqx(Vector vector) {
        if (!vector.accepted() || REFUSED.containsKey(vector.id)) {
            assertThatThrownBy(() -> SqlTemplate.parse(vector.template))
                    .isInstanceOf(SqlTemplateException.class)
                    .hasMessageContaining(REFUSED.getOrDefault(vector.id, "SQL template"));
            return;
        }
        List<SqlTemplate> templates = SqlTemplate.parse(vector.template);
        String missing =
                vector.json.get("undefined_vars_as_null").asBoolean() ? "null" : "undefined";
        for (int i = 0; i < vector.json.get("rows").size(); i++) {
            JsonNode row = vector.json.get("rows").get(i);
            if (row.path("v").isDouble() && !row.get("v").asText().matches("[0-9.]{1,6}")) {
                // How EMQX prints other floats is of no matter to typed values.
                continue;
            }
            assertThat(normal(statement(templates, row, missing)))
                    .isEqualTo(normal(vector.json.get("expect").get("single").get(i).asText()));
        }
    }

    static Stream<Vector> vectors() throws IOException {
        ObjectMapper json = new ObjectMapper();
        List<Vector> vectors = new ArrayList<>();
        try (InputStream in =
                SqlTemplateVectorTest.class.getResourceAsStream(
                        "/vectors/templates-tdengine.jsonl")) {
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                JsonNode node = json.readTree(line);
                vectors.add(
                        new Vector(node.get("id").asText(), node.get("template").asText(), node));
            }
        }
        return vectors.stream();
    }

    private static String normal(String statement) {
        return statement.replaceAll("[\\s`]|;$", "").toLowerCase(Locale.ROOT);
    }

    private static String statement(List<SqlTemplate> templates, JsonNode row, String missing) {
        StringBuilder sql = new StringBuilder("insert into ");
        SqlTemplate last = null;
        for (SqlTemplate template : templates) {
            boolean sameTable =
                    last != null
                            && last.table().equals(template.table())
                            && last.columns().equals(template.columns());
            if (!sameTable) {
                sql.append(front(template, row, missing));
            }
            sql.append(values(template.values(), row, missing));
            last = template;
        }
        return sql.toString();
    }

    private static String front(SqlTemplate template, JsonNode row, String missing) {
        StringBuilder sql = new StringBuilder(" ");
        if (template.database() != null) {
            sql.append(template.database()).append('.');
        }
        sql.append(text(template.table().parts(), row, missing));
        if (template.superTable() != null) {
            sql.append(" using ").append(template.superTable().name());
            sql.append(names(template.superTable().tagNames())).append(" tags ");
            sql.append(values(template.superTable().tagValues(), row, missing));
        }
        return sql.append(names(template.columns())).append(" values ").toString();
    }

    private static String names(List<String> names) {
        return names.isEmpty() ? "" : "(" + String.join(",", names) + ")";
    }

    private static String values(List<TemplateValue> values, JsonNode row, String missing) {
        return values.stream()
                .map(value -> value(value, row, missing))
                .collect(Collectors.joining(",", "(", ")"));
    }

    private static String value(TemplateValue value, JsonNode row, String missing) {
        if (value instanceof TemplateValue.Placeholder placeholder) {
            String text = field(placeholder.path(), row, missing);
            return placeholder.quoted() ? "'" + text + "'" : text;
        }
        if (value instanceof TemplateValue.Text text) {
            return "'" + text(text.parts(), row, missing) + "'";
        }
        Object literal = ((TemplateValue.Literal) value).value();
        return literal instanceof String ? "'" + literal + "'" : String.valueOf(literal);
    }

    private static String text(List<TextPart> parts, JsonNode row, String missing) {
        return parts.stream()
                .map(
                        part ->
                                part instanceof TextPart.Field field
                                        ? field(field.path(), row, missing)
                                        : ((TextPart.Fixed) part).text())
                .collect(Collectors.joining());
    }

    private static String field(List<String> path, JsonNode row, String missing) {
        JsonNode node = row;
        for (String name : path) {
            node = node.path(name);
        }
        if (node.isMissingNode()) {
            return missing;
        }
        return node.isContainerNode() ? node.toString() : node.asText();
    }
}
