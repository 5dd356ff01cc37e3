package io.millrace.rule.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.rule.RuleException;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import org.junit.jupiter.api.Test;

class ScriptTest {
    @Test
    void turnsDoubleQuotesIntoBackTicksOutsideOfTextsAndComments() {
        assertThat(sql("SELECT '\"a\"', \"b/c\" -- \"d\"\n, `e\"f` /* \"g\" */"))
                .isEqualTo("SELECT '\"a\"', `b/c` -- \"d\"\n, `e\"f` /* \"g\" */");
    }

    @Test
    void splitsAtSemicolonsOutsideOfTextsNamesAndComments() {
        List<Statement> statements =
                read("SET 'a' = 'x;y';\n-- c;d\nSELECT `e;f` /* ; */ FROM \"g;h\";\n;\n");
        assertThat(statements).hasSize(2);
        assertThat(statements.get(1).sql().strip()).isEqualTo("SELECT `e;f` /* ; */ FROM `g;h`");
    }

    @Test
    void keepsThePlaceOfEachStatement() {
        Statement second = read("SELECT 1;\n  SELECT 2;").get(1);
        assertThat(second.sql()).isEqualTo("         \n  SELECT 2");
        assertThat(second.offset()).isEqualTo(12);
    }

    @Test
    void acceptsTheBracketsOfAStatementSet() {
        List<Statement> statements =
                read(
                        "EXECUTE STATEMENT SET\nBEGIN INSERT INTO a SELECT 1; INSERT INTO b SELECT 2; END;");
        assertThat(statements)
                .extracting(statement -> statement.sql().strip())
                .containsExactly("INSERT INTO a SELECT 1", "INSERT INTO b SELECT 2");
    }

    @Test
    void readsTheHeaderOfTheFileAndOfEachRule() {
        List<Statement> statements =
                read(
                        "-- schema: temp DOUBLE\n-- name: first\nINSERT INTO a SELECT 1;\n"
                                + "-- name: second\nINSERT INTO b SELECT 2;");
        assertThat(value(statements.get(0), RuleHeader.Key.NAME)).isEqualTo("first");
        assertThat(value(statements.get(1), RuleHeader.Key.NAME)).isEqualTo("second");
        assertThat(value(statements.get(1), RuleHeader.Key.SCHEMA)).isEqualTo("temp DOUBLE");
    }

    @Test
    void pointsAtATextThatDoesNotEnd() {
        assertThatThrownBy(() -> read("SELECT 1,\n  'abc"))
                .isInstanceOf(RuleException.class)
                .hasMessage(
                        "rule.sql:2:3: This text has no closing '. Write ' at its end.%n  2 |   'abc%n    |   ^"
                                .formatted());
    }

    @Test
    void pointsAtThePlaceThatThePlannerNames() {
        Statement statement = read("SELECT 1;\nSELECT nope").get(1);
        RuntimeException failure =
                new RuntimeException(
                        "SQL validation failed. From line 2, column 8 to line 2, column 11: x",
                        new RuntimeException("Column 'nope' not found"));
        assertThat(statement.error(failure))
                .hasMessage(
                        "rule.sql:2:8: Column 'nope' not found%n  2 | SELECT nope%n    |        ^"
                                .formatted());
    }

    @Test
    void pointsAtTheStatementWhereThePlannerNamesNoPlace() {
        Statement statement = read("SELECT 1;\nSELECT 2").get(1);
        assertThat(statement.error(new RuntimeException("At line 0, column 0: x")))
                .hasMessageStartingWith("rule.sql:2:1: x");
    }

    @Property
    void keepsTheLengthOfEveryText(@ForAll @CharRange(from = ' ', to = '~') String text) {
        SourceFile file = new SourceFile(Path.of("x"), text);
        try {
            assertThat(SqlLexer.lex(file).text()).hasSameSizeAs(text);
        } catch (RuleException e) {
            assertThat(e.getMessage()).startsWith("x:1:");
        }
    }

    private static String value(Statement statement, RuleHeader.Key key) {
        return statement.header().get(key).orElseThrow().text();
    }

    private static String sql(String text) {
        return read(text).get(0).sql();
    }

    private static List<Statement> read(String text) {
        return Script.read(new SourceFile(Path.of("rule.sql"), text));
    }
}
