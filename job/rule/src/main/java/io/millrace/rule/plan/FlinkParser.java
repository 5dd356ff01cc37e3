package io.millrace.rule.plan;

import io.millrace.rule.syntax.SyntaxMistake;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.avatica.util.Quoting;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.flink.sql.parser.impl.FlinkSqlParserImpl;
import org.apache.flink.sql.parser.validate.FlinkSqlConformance;

/**
 * Flink's own SQL grammar, used to look at a rule before Flink plans it. It is the planner's; where
 * that is hidden by a class loader of its own, as in a cluster, the job's jar brings it.
 */
final class FlinkParser {
    private static final SqlParser.Config CONFIG =
            SqlParser.config()
                    .withParserFactory(FlinkSqlParserImpl.FACTORY)
                    .withConformance(FlinkSqlConformance.DEFAULT)
                    .withQuoting(Quoting.BACK_TICK)
                    .withQuotedCasing(Casing.UNCHANGED)
                    .withUnquotedCasing(Casing.UNCHANGED)
                    .withIdentifierMaxLength(512);

    private FlinkParser() {}

    static SqlNode parse(String sql) throws SqlParseException {
        return SqlParser.create(sql, CONFIG).parseStmt();
    }

    /** Where the grammar stops; empty if the text is a statement. */
    static Optional<SyntaxMistake.Stop> stop(String sql) {
        try {
            parse(sql);
            return Optional.empty();
        } catch (SqlParseException e) {
            return Optional.of(stop(sql, e));
        }
    }

    /** Where the grammar stopped. */
    static SyntaxMistake.Stop stop(String sql, SqlParseException e) {
        String message = e.getMessage().lines().findFirst().orElse("");
        boolean end = message.startsWith("Encountered \"<EOF>\"");
        List<String> expected = new ArrayList<>();
        if (e.getExpectedTokenSequences() != null) {
            for (int[] sequence : e.getExpectedTokenSequences()) {
                if (sequence.length > 0) {
                    expected.add(e.getTokenImages()[sequence[0]].replace("\"", ""));
                }
            }
        }
        return new SyntaxMistake.Stop(
                end
                        ? sql.length()
                        : offset(sql, e.getPos().getLineNum(), e.getPos().getColumnNum()),
                message,
                expected);
    }

    /** The offset of a position that Flink reports of a text. */
    static int offset(String sql, int line, int column) {
        int start = 0;
        for (int i = 1; i < line; i++) {
            start = sql.indexOf('\n', start) + 1;
        }
        return Math.min(start + column - 1, sql.length());
    }
}
