package io.millrace.rule.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.rule.syntax.SyntaxMistake;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What beginners write, and what they are told; an ^ stands in front of the place. */
class SyntaxMistakeTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
                    ^INSER INTO t SELECT a FROM b           | No statement begins with 'INSER'. Did you mean 'INSERT'?
                    ^CRATE TABLE t (a INT)                  | No statement begins with 'CRATE'. Did you mean 'CREATE'?
                    ^foo bar                                | No statement begins with 'foo'. A rule is 'INSERT INTO table SELECT … FROM "topic";'.
                    INSERT ^INT t SELECT a FROM b           | 'INT' is no key word here. Did you mean 'INTO'?
                    CREATE ^TABEL t (a INT)                 | 'TABEL' is no key word here. Did you mean 'TABLE'?
                    INSERT INTO t ^SELEC f('x') AS a FROM b | A query must begin here with SELECT, and here stands 'SELEC'. Did you mean 'SELECT'?
                    INSERT INTO t (a) ^p.a, p.b FROM b      | A query must begin here with SELECT, and here stands 'p'. Write SELECT in front of it.
                    INSERT INTO t SELECT a ^FORM `b`        | 'FORM' is no key word here. Did you mean 'FROM'?
                    INSERT INTO t SELECT a FROM b ^WHRE a > 3 | 'WHRE' is no key word here. Did you mean 'WHERE'?
                    INSERT INTO t SELECT a FROM b ^WHRE a > AND c FRM d | 'WHRE' is no key word here. Did you mean 'WHERE'?
                    INSERT INTO t SELECT p.a ^p.b, c FROM b | A comma is missing in front of 'p'. Write a comma between the two.
                    INSERT INTO t (a, b ^c) SELECT a, b, c FROM d | A comma is missing in front of 'c'. Write a comma between the two.
                    INSERT INTO t SELECT a, b^, FROM c      | Nothing follows this comma. Remove it, or name something behind it.
                    INSERT INTO t SELECT a AS ^timestamp FROM b | 'timestamp' is a key word of SQL. As a name it stands in double quotes: "timestamp".
                    INSERT INTO t SELECT a AS ^timestamp, b AS value FROM b | 'timestamp' is a key word of SQL. As a name it stands in double quotes: "timestamp".
                    INSERT INTO t SELECT p.^value FROM b    | 'value' is a key word of SQL. As a name it stands in double quotes: "value".
                    INSERT INTO t SELECT a FROM b ^INSERT INTO t SELECT a FROM c | The statement before this one has no ; at its end. Write ; in front of 'INSERT'.
                    INSERT INTO t SELECT a FROM ^'x/+/y'    | Single quotes are for texts, and here stands a name. Write "x/+/y".
                    INSERT INTO t SELECT a FROM ^x/+/y      | A topic stands in double quotes. Write "x/+/y".
                    INSERT INTO t SELECT a FROM b WHERE a ^== 3 | SQL has no ==. Write =.
                    INSERT INTO t SELECT a FROM b WHERE a > 3 ^&& b < 2 | SQL has no &&. Write AND.
                    INSERT INTO t SELECT ROUND(a, 1 ^FROM b | A ( is not closed in front of 'FROM'. Write ) there.
                    INSERT INTO t SELECT a FROM b WHERE (a > ^3 | A ( is not closed. Write ) there.
                    INSERT INTO t SELECT (a)^) FROM b       | This ) closes nothing. Remove it, or open it.
                    INSERT INTO t SELECT CASE WHEN a > 3 THEN 1 ELSE 0 ^FROM b | A CASE has no END in front of 'FROM'. Write END there.
                    INSERT INTO t SELECT CAST(a^, DOUBLE) FROM b | CAST has no comma. Write CAST(value AS TYPE), such as CAST(payload.temp AS DOUBLE).
                    INSERT INTO t SELECT a FROM b GROUP ^a  | BY is missing in front of 'a'. Write BY there.
                    INSERT INTO t SELECT a FROM b WHERE c > INTERVAL ^'10 seconds' | The unit of an interval stands behind the quotes. Write INTERVAL '10' SECOND.
                    INSERT INTO t SELECT a ^WHERE a > 3 FROM b | WHERE cannot stand here. The order is SELECT, FROM, WHERE, GROUP BY, HAVING, ORDER BY, LIMIT.
                    INSERT INTO t SELECT a FROM b ^WHERE    | The statement ends behind 'WHERE', and something is missing there. Look for a word that is missing, too much or misspelt in front of it.
                    INSERT INTO t SELECT a FROM b WHERE a ^-> 'x' | '-' cannot stand behind 'a'. Look for a word that is missing, too much or misspelt in front of it.
                    INSERT INTO ^(a) SELECT a FROM b        | '(' cannot stand behind 'INTO'. Look for a word that is missing, too much or misspelt in front of it.
                    """)
    void isToldInPlainWordsWhereItIs(String marked, String told) {
        String sql = marked.replace("^", "");
        SyntaxMistake mistake =
                SyntaxMistake.of(sql, FlinkParser.stop(sql).orElseThrow(), FlinkParser::stop);

        assertThat(mistake.message() + " " + mistake.remedy()).isEqualTo(told);
        assertThat(mistake.offset()).isEqualTo(marked.indexOf('^'));
    }
}
