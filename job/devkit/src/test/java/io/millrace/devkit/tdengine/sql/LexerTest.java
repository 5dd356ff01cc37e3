package io.millrace.devkit.tdengine.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class LexerTest {
    private static List<String> tokens(String sql) {
        List<String> tokens = new ArrayList<>();
        for (Lexer lexer = new Lexer(sql); !lexer.is(TokenKind.END); lexer.advance()) {
            tokens.add(lexer.kind() + " " + lexer.text());
        }
        return tokens;
    }

    @Test
    void cutsNumbersDurationsAndWords() {
        assertThat(tokens("a1 12 1.5 .5 1e3 1.5E-3 0x1f 10s 10sx"))
                .containsExactly(
                        "WORD a1",
                        "INTEGER 12",
                        "FLOAT 1.5",
                        "FLOAT .5",
                        "FLOAT 1e3",
                        "FLOAT 1.5E-3",
                        "RADIX 0x1f",
                        "DURATION 10s",
                        "ILLEGAL 10sx");
    }

    @Test
    void keepsQuotedTextTogether() {
        assertThat(tokens("'it''s' 'a\\'b' \"x'y\" `a``b` 'open"))
                .containsExactly(
                        "STRING 'it''s'",
                        "STRING 'a\\'b'",
                        "STRING \"x'y\"",
                        "QUOTED `a``b`",
                        "ILLEGAL 'open");
    }

    @Test
    void cutsOperatorsAndSkipsComments() {
        assertThat(tokens("a<=b /* no */ <>!=||->-- end\n;"))
                .containsExactly(
                        "WORD a",
                        "LESS_EQUAL <=",
                        "WORD b",
                        "UNEQUAL <>",
                        "UNEQUAL !=",
                        "CONCATENATE ||",
                        "ARROW ->",
                        "SEMICOLON ;");
    }

    @Test
    void endsAtANul() {
        assertThat(tokens("a 'b\0c'")).containsExactly("WORD a", "ILLEGAL 'b");
    }

    @Test
    void joinsASignWithTheNumberBehindIt() {
        Lexer lexer = new Lexer("-5 - 5");
        lexer.joinSign();
        assertThat(lexer.text()).isEqualTo("-5");
        lexer.advance();
        lexer.joinSign();
        assertThat(lexer.text()).isEqualTo("-");
    }

    @Property
    void comesToTheEndOfAnyText(@ForAll String sql) {
        int at = -1;
        for (Lexer lexer = new Lexer(sql); !lexer.is(TokenKind.END); lexer.advance()) {
            assertThat(lexer.end()).isGreaterThan(at);
            at = lexer.end();
        }
    }

    @Property
    void readsEscapedTextAsItWas(@ForAll String text) {
        String plain = text.replace("\0", "");
        String sql = "'" + plain.replace("\\", "\\\\").replace("'", "''") + "'";
        Lexer lexer = new Lexer(sql);
        assertThat(lexer.kind()).isEqualTo(TokenKind.STRING);
        assertThat(lexer.string()).isEqualTo(plain);
    }
}
