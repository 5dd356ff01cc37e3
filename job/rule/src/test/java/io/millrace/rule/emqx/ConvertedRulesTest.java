package io.millrace.rule.emqx;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.rule.emqx.convert.Conversion;
import io.millrace.rule.emqx.convert.FlinkConverter;
import io.millrace.rule.emqx.syntax.EmqxSyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.avatica.util.Quoting;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.flink.sql.parser.impl.FlinkSqlParserImpl;
import org.apache.flink.sql.parser.validate.FlinkSqlConformance;
import org.junit.jupiter.api.Test;

/** Whatever rule is converted: Flink can parse the SQL. */
class ConvertedRulesTest {
    private static final SqlParser.Config FLINK =
            SqlParser.config()
                    .withParserFactory(FlinkSqlParserImpl.FACTORY)
                    .withConformance(FlinkSqlConformance.DEFAULT)
                    .withQuoting(Quoting.BACK_TICK)
                    .withUnquotedCasing(Casing.UNCHANGED)
                    .withIdentifierMaxLength(512);

    @Test
    void convertedRulesParse() {
        List<String> rules = new ArrayList<>();
        Vectors.own("rules.jsonl").forEach(vector -> rules.add(vector.get("sql").asText()));
        Vectors.own("functions.jsonl")
                .forEach(
                        vector ->
                                rules.add(
                                        "SELECT %s as r FROM \"t\""
                                                .formatted(vector.get("fn").asText())));
        assertThat(rules).hasSizeGreaterThan(1000);
        assertThat(rules.stream().map(ConvertedRulesTest::check).filter(Objects::nonNull))
                .isEmpty();
    }

    private static String check(String sql) {
        EmqxRule rule;
        try {
            rule = EmqxRule.compile(sql, Mode.AS_EMQX, Vectors.LIBRARY);
        } catch (EmqxSyntaxException e) {
            return null;
        }
        Conversion conversion = FlinkConverter.convert(rule);
        // Rule files have topics in double quotes, which their lexer turns into these.
        String flink = conversion.sql().replaceAll("(?m)^FROM \"(.*?)\"", "FROM `$1`");
        try {
            SqlParser.create(flink, FLINK).parseStmt();
            return null;
        } catch (SqlParseException e) {
            return "%s became %s: %s".formatted(sql, flink, e.getMessage().split("\n")[0]);
        }
    }
}
