package io.millrace.rule.plan;

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
}
