package io.millrace.rule.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.rule.Problem;
import io.millrace.rule.RuleException;
import io.millrace.rule.payload.PayloadUses;
import io.millrace.rule.payload.TimeUnits;
import io.millrace.rule.payload.Topic;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.DoubleType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.VarCharType;
import org.junit.jupiter.api.Test;

class PayloadTypesTest {
    private final Topic topic =
            new Topic("t/1", Map.of("qos", new IntType(), "topic", VarCharType.STRING_TYPE));

    @Test
    void takesTheTypeOfTheColumnThatAMemberGoesInto() {
        note(
                "SELECT payload.temp AS t, x.payload.seq FROM `t/1` x",
                DataTypes.FLOAT(),
                DataTypes.BIGINT());
        assertType("ROW<`temp` FLOAT, `seq` BIGINT>");
    }

    @Test
    void takesTheTypeOfACast() {
        note(
                "SELECT CAST(payload.a AS INT), TRY_CAST(payload.b AS DOUBLE) FROM `t/1`",
                DataTypes.STRING());
        assertType("ROW<`a` INT, `b` DOUBLE>");
    }

    @Test
    void takesTheTypesThatAFunctionOfTheLibraryAsksFor() {
        note(
                "SELECT substr(payload.s, payload.i), tanh(payload.x), nth(1, payload.l) FROM `t/1`",
                DataTypes.STRING(),
                DataTypes.DOUBLE(),
                DataTypes.INT());
        assertType("ROW<`s` STRING, `i` BIGINT, `x` DOUBLE, `l` ARRAY<INT>>");
    }

    @Test
    void aWholeNumberInAComparisonAsksOnlyForANumber() {
        note(
                "SELECT 1 FROM `t/1` WHERE payload.a > 30 AND payload.b > 0 AND payload.b < CAST(1 AS BIGINT)");
        assertType("ROW<`a` DOUBLE, `b` BIGINT>");
    }

    @Test
    void widensIntegersToBigintAndMixedNumbersToDouble() {
        note(
                "SELECT payload.i, payload.i, payload.n, payload.n FROM `t/1`",
                DataTypes.INT(),
                DataTypes.SMALLINT(),
                DataTypes.INT(),
                DataTypes.FLOAT());
        assertType("ROW<`i` BIGINT, `n` DOUBLE>");
    }

    @Test
    void takesTheTypeOfWhatAMemberIsComparedWith() {
        note(
                "SELECT 1 FROM `t/1` WHERE payload.q = qos AND payload.s = 'on' AND payload.ok AND payload.k IN ('a', 'b') AND payload.d > 1.5");
        assertType("ROW<`q` INT, `s` STRING, `ok` BOOLEAN, `k` STRING, `d` DOUBLE>");
    }

    @Test
    void followsColumnsThroughInnerQueriesAndNamedOnes() {
        note(
                "WITH w AS (SELECT payload.a AS a, payload.b FROM `t/1`) SELECT i.x, i.b FROM (SELECT a AS x, b FROM w) AS i",
                DataTypes.DOUBLE(),
                DataTypes.BOOLEAN());
        assertType("ROW<`a` DOUBLE, `b` BOOLEAN>");
    }

    @Test
    void knowsArraysAndNestedObjects() {
        note(
                "SELECT payload.a.b['c'], payload.list[1], e.x, e.y FROM `t/1` CROSS JOIN UNNEST(payload.items) AS e (x, y)",
                DataTypes.DOUBLE(),
                DataTypes.INT(),
                DataTypes.BIGINT(),
                DataTypes.STRING());
        assertType(
                "ROW<`a` ROW<`b` ROW<`c` DOUBLE>>, `list` ARRAY<INT>, `items` ARRAY<ROW<`x` BIGINT, `y` STRING>>>");
    }

    @Test
    void looksIntoWindows() {
        note(
                "SELECT window_start, AVG(payload.t), MAX(payload.m), clientid FROM TABLE(TUMBLE(TABLE `t/1`, DESCRIPTOR(received_at), INTERVAL '1' MINUTE)) GROUP BY window_start, clientid",
                DataTypes.TIMESTAMP(3),
                DataTypes.FLOAT(),
                DataTypes.INT(),
                DataTypes.STRING());
        assertType("ROW<`t` DOUBLE, `m` INT>");
    }

    @Test
    void aScalarPayloadTakesTheColumnsType() {
        note("SELECT payload FROM `t/1`", DataTypes.DOUBLE());
        assertType("DOUBLE");
        assertThat(topic.takesPayloadWhole()).isTrue();
    }

    @Test
    void aMemberThatNothingIsAskedOfIsText() {
        note("SELECT payload.a FROM `t/1`");
        assertType("ROW<`a` STRING>");
    }

    @Test
    void refusesANumberHereAndATextThere() {
        note("SELECT payload.a FROM `t/1` WHERE payload.a LIKE 'x%'", DataTypes.DOUBLE());
        assertThatThrownBy(topic::payloadType)
                .isInstanceOf(RuleException.class)
                .hasMessageStartingWith(
                        "rule.sql:1:35: Member 'payload.a' is used as DOUBLE at rule.sql:1:8 and as STRING at rule.sql:1:35."
                                + " Say what it is in the rule's header, for example '-- schema: a DOUBLE'.");
    }

    @Test
    void findsTheUnitOfATimeInTheCallThatMakesIt() throws SqlParseException {
        SqlNode query =
                FlinkParser.parse(
                        "SELECT now_timestamp('microsecond') AS a, now_timestamp(), payload.ts, i.ts FROM (SELECT rfc3339_to_unix_ts(payload.s, 'nanosecond') AS ts FROM `t/1`) i");
        assertThat(TimeUnits.of(query, topics(), 0)).contains("microsecond");
        assertThat(TimeUnits.of(query, topics(), 1)).contains("second");
        assertThat(TimeUnits.of(query, topics(), 2)).isEmpty();
        assertThat(TimeUnits.of(query, topics(), 3)).contains("nanosecond");
    }

    private Function<SqlIdentifier, Optional<Topic>> topics() {
        return name -> name.toString().equals("t/1") ? Optional.of(topic) : Optional.empty();
    }

    private void note(String sql, DataType... outputs) {
        try {
            new PayloadUses(
                            PayloadTypesTest::typeOfCast,
                            node ->
                                    new Problem(
                                            Problem.Severity.ERROR,
                                            "rule.sql",
                                            node.getParserPosition().getLineNum(),
                                            node.getParserPosition().getColumnNum(),
                                            "",
                                            "",
                                            sql))
                    .note(
                            FlinkParser.parse(sql),
                            topics(),
                            List.of(outputs).stream().map(DataType::getLogicalType).toList());
        } catch (SqlParseException e) {
            throw new AssertionError(e);
        }
    }

    private static LogicalType typeOfCast(SqlNode type) {
        return switch (type.toString()) {
            case "INTEGER" -> new IntType();
            case "BIGINT" -> new BigIntType();
            case "DOUBLE" -> new DoubleType();
            default -> throw new AssertionError(type.toString());
        };
    }

    private void assertType(String type) {
        assertThat(topic.payloadType().asSummaryString()).isEqualTo(type);
    }
}
