package io.millrace.rule.emqx;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.rule.emqx.json.JsonException;
import io.millrace.rule.emqx.json.JsonReader;
import io.millrace.tdengine.template.SqlTemplate;
import io.millrace.tdengine.template.SqlTemplateException;
import io.millrace.tdengine.template.TemplateValue;
import io.millrace.tdengine.template.TextPart;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Templates give EMQX's text, and those of TDengine's actions mean the statements that EMQX sends:
 * the compiled template, put together as text again, is EMQX's statement.
 *
 * <p>On purpose differs: what EMQX accepts and has no typed form is refused when the template is
 * compiled ({@link #REFUSED}); how blanks, letter case, back-ticks and the form of floats look in a
 * statement is of no matter to typed values, and neither are quotes in values, which EMQX pastes
 * into the statement as they are; rows of a batch are grouped by table.
 */
class TemplateVectorTest {
    /** Words of the reasons for which a template is refused that EMQX accepts. */
    private static final List<String> REFUSED = List.of("only a span", "subquery");

    @Test
    void templatesGiveTheExpectedText() {
        assertThat(Vectors.run("templates.jsonl", TemplateVectorTest::check)).isEmpty();
    }

    private static String check(JsonNode vector) {
        return vector.get("kind").asText().equals("template") ? text(vector) : statements(vector);
    }

    private static String text(JsonNode vector) {
        String template = vector.get("template").asText();
        String text =
                EmqxTemplate.compile(template, vector.get("undefined_vars_as_null").asBoolean())
                        .render(row(vector.get("data")));
        JsonNode expect = vector.get("expect");
        return new Expected(false, expect.path("json_text").asBoolean())
                        .matches(expect.get("text"), text)
                ? null
                : "%s gave %s, expected %s".formatted(template, text, expect);
    }

    private static String statements(JsonNode vector) {
        String template = vector.get("template").asText();
        JsonNode expect = vector.get("expect");
        List<SqlTemplate> compiled;
        try {
            compiled = SqlTemplate.parse(template);
        } catch (SqlTemplateException e) {
            boolean meant =
                    !expect.get("ok").asBoolean()
                            || REFUSED.stream().anyMatch(e.getMessage()::contains);
            return meant ? null : template + " is refused: " + e.getMessage();
        }
        if (!expect.get("ok").asBoolean()) {
            return template + " is not refused";
        }
        boolean asNull = vector.get("undefined_vars_as_null").asBoolean();
        for (int i = 0; i < vector.get("rows").size(); i++) {
            Map<String, Object> row = row(vector.get("rows").get(i));
            String statement = normal(new Statement(row, asNull).of(compiled));
            String expected = normal(expect.get("single").get(i).asText());
            if (!statement.equals(expected)) {
                return "%s gave %s, expected %s".formatted(template, statement, expected);
            }
        }
        return null;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> row(JsonNode data) {
        try {
            return (Map<String, Object>)
                    JsonReader.read(data.toString().getBytes(StandardCharsets.UTF_8));
        } catch (JsonException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static String normal(String statement) {
        return statement.replaceAll("[\\s`]|;$", "").toLowerCase(Locale.ROOT);
    }

    /** Puts a compiled template together again. */
    private record Statement(Map<String, Object> row, boolean asNull) {

        String of(List<SqlTemplate> templates) {
            StringBuilder sql = new StringBuilder("insert into ");
            SqlTemplate last = null;
            for (SqlTemplate template : templates) {
                boolean sameTable =
                        last != null
                                && last.table().equals(template.table())
                                && last.columns().equals(template.columns());
                sql.append(sameTable ? "" : front(template)).append(values(template.values()));
                last = template;
            }
            return sql.toString();
        }

        private String front(SqlTemplate template) {
            StringBuilder sql = new StringBuilder(" ");
            if (template.database() != null) {
                sql.append(template.database()).append('.');
            }
            sql.append(text(template.table().parts()));
            if (template.superTable() != null) {
                sql.append(" using ")
                        .append(template.superTable().name())
                        .append(names(template.superTable().tagNames()))
                        .append(" tags ")
                        .append(values(template.superTable().tagValues()));
            }
            return sql.append(names(template.columns())).append(" values ").toString();
        }

        private static String names(List<String> names) {
            return names.isEmpty() ? "" : "(" + String.join(",", names) + ")";
        }

        private String values(List<TemplateValue> values) {
            return values.stream().map(this::value).collect(Collectors.joining(",", "(", ")"));
        }

        private String value(TemplateValue value) {
            if (value instanceof TemplateValue.Placeholder placeholder) {
                String text = field(placeholder.path());
                return placeholder.quoted() ? "'" + text + "'" : text;
            }
            if (value instanceof TemplateValue.Text text) {
                return "'" + text(text.parts()) + "'";
            }
            Object literal = ((TemplateValue.Literal) value).value();
            return literal instanceof String ? "'" + literal + "'" : String.valueOf(literal);
        }

        private String text(List<TextPart> parts) {
            return parts.stream()
                    .map(
                            part ->
                                    part instanceof TextPart.Field field
                                            ? field(field.path())
                                            : ((TextPart.Fixed) part).text())
                    .collect(Collectors.joining());
        }

        private String field(List<String> path) {
            String name = path.isEmpty() ? "." : String.join(".", path);
            return EmqxTemplate.compile("${" + name + "}", asNull).render(row);
        }
    }
}
