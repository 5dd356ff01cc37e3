package io.millrace.tdengine.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class SqlTemplatePropertyTest {

    @Property
    void anyTextIsCompiledOrRefusedWithTheDocumentedException(@ForAll String text) {
        compileOrRefuse(text);
        compileOrRefuse("INSERT INTO " + text);
        compileOrRefuse("INSERT INTO t VALUES (" + text);
        compileOrRefuse("INSERT INTO t VALUES ('" + text);
    }

    @Property(tries = 5000)
    void anySequenceOfTokensIsCompiledOrRefused(@ForAll("tokens") List<String> tokens) {
        compileOrRefuse(String.join("", tokens));
        compileOrRefuse("insert into t" + String.join(" ", tokens));
    }

    @Provide
    Arbitrary<List<String>> tokens() {
        return Arbitraries.of(
                        "INSERT",
                        "into",
                        "USING",
                        "TAGS",
                        "VALUES",
                        "tbname",
                        "t",
                        "db.",
                        "d_",
                        "${a}",
                        "${a.b}",
                        "${.}",
                        "${",
                        "}",
                        "(",
                        ")",
                        ",",
                        ";",
                        "'",
                        "\"",
                        "`",
                        "1",
                        "-1.5e3",
                        "1e999",
                        "NULL",
                        "true",
                        "NOW",
                        "--",
                        "/*",
                        "\\",
                        " ",
                        "\n",
                        "\u0000",
                        "ü",
                        "\uD83D\uDE00",
                        "\uD83D")
                .list()
                .ofMaxSize(25);
    }

    @Property
    void textOfAValueComesBackUnchanged(@ForAll("texts") String text) {
        String quoted = "'" + text.replace("\\", "\\\\").replace("'", "''") + "'";
        assertThat(
                        SqlTemplate.parse("INSERT INTO t VALUES (1, " + quoted + ")")
                                .get(0)
                                .values()
                                .get(1))
                .isEqualTo(new TemplateValue.Literal(text));
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings()
                .withCharRange(' ', '~')
                .withChars('\n', '\t', 'ü', '温')
                .filter(text -> !text.contains("${"));
    }

    private static void compileOrRefuse(String sql) {
        try {
            SqlTemplate template = SqlTemplate.parse(sql).get(0);
            assertThat(template.values()).isNotEmpty();
            assertThat(template.table().parts()).isNotEmpty();
        } catch (SqlTemplateException e) {
            assertThat(e.line()).isPositive();
            assertThat(e.column()).isPositive();
        }
    }
}
