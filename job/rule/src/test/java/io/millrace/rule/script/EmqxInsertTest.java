package io.millrace.rule.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.rule.RuleException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class EmqxInsertTest {
    @Test
    void theRuleIsTakenAsItStandsInTheFile() {
        EmqxInsert insert =
                only("INSERT INTO a.b.\"c d\" SELECT payload.\"x y\" as \"z\" FROM \"t/#\"");
        assertThat(insert.rule()).isEqualTo("SELECT payload.\"x y\" as \"z\" FROM \"t/#\"\n");
        assertThat(insert.head()).isEqualTo("INSERT INTO a.b.`c d` SELECT 1");
        assertThat(insert.offset()).isEqualTo(insert.head().indexOf("SELECT"));
    }

    @Test
    void hintsColumnsAndCommentsBelongToTheHead() {
        EmqxInsert insert =
                only(
                        "-- SELECT nothing\nINSERT INTO t /*+ OPTIONS('a' = 'select') */\n(x, `select`) -- foreach\nforeach payload as e FROM t");
        assertThat(insert.rule()).isEqualTo("foreach payload as e FROM t\n");
        assertThat(insert.head().strip())
                .startsWith("INSERT INTO t /*+ OPTIONS('a' = 'select') */\n(x, `select`)");
    }

    @Test
    void aSemicolonInATextOrANameDoesNotEndARule() {
        List<Statement> statements =
                read("INSERT INTO t SELECT ';' as a, 'it''s;' as b FROM \"x;y\";\nSET 'a' = 'b';");
        assertThat(statements).hasSize(2);
        assertThat(EmqxInsert.of(statements.get(0)).rule())
                .isEqualTo("SELECT ';' as a, 'it''s;' as b FROM \"x;y\"\n");
    }

    @Test
    void aStatementWithoutARuleIsRefusedAtItsPlace() {
        assertThatThrownBy(() -> only("\n INSERT INTO t VALUES (1)"))
                .isInstanceOf(RuleException.class)
                .hasMessageContaining("rule.sql:2:2: There is no rule behind the target.");
    }

    @Test
    void aDialectThatIsNotKnownIsRefused() {
        assertThat(Dialect.of(" EMQX ")).isEqualTo(Dialect.EMQX);
        assertThatThrownBy(() -> Dialect.of("emqxx"))
                .hasMessage(
                        "Option 'rule.dialect' is 'emqxx'; allowed are 'flink' and 'emqx'. Did you mean 'emqx'?");
    }

    private static EmqxInsert only(String sql) {
        List<Statement> statements = read(sql);
        assertThat(statements).hasSize(1);
        return EmqxInsert.of(statements.get(0));
    }

    private static List<Statement> read(String sql) {
        return Script.read(new SourceFile(Path.of("rule.sql"), sql));
    }
}
