package io.millrace.tdengine.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.tdengine.client.TDengineType;
import io.millrace.tdengine.client.TargetColumn;
import io.millrace.tdengine.client.TargetTable;
import io.millrace.tdengine.client.TimePrecision;
import io.millrace.tdengine.scan.Predicate.Comparison;
import io.millrace.tdengine.scan.Predicate.Operator;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.BooleanType;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.DoubleType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LocalZonedTimestampType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.SmallIntType;
import org.apache.flink.table.types.logical.TinyIntType;
import org.apache.flink.table.types.logical.VarCharType;
import org.junit.jupiter.api.Test;

class PredicateRendererTest {
    private static final LogicalType STRING = VarCharType.STRING_TYPE;

    private static ReadTable table(TimePrecision precision) {
        return new ReadTable(
                new TargetTable(
                        "db",
                        "m",
                        TargetTable.Kind.SUPER_TABLE,
                        precision,
                        0,
                        List.of(
                                column("ts", TDengineType.TIMESTAMP, TargetColumn.Role.TIME),
                                column("i8", TDengineType.TINYINT, TargetColumn.Role.VALUE),
                                column(
                                        "u8",
                                        TDengineType.TINYINT_UNSIGNED,
                                        TargetColumn.Role.VALUE),
                                column(
                                        "u64",
                                        TDengineType.BIGINT_UNSIGNED,
                                        TargetColumn.Role.VALUE),
                                column("i", TDengineType.INT, TargetColumn.Role.VALUE),
                                column("x", TDengineType.DOUBLE, TargetColumn.Role.VALUE),
                                column("b", TDengineType.BOOL, TargetColumn.Role.VALUE),
                                column("n", TDengineType.NCHAR, TargetColumn.Role.VALUE),
                                column("t2", TDengineType.TIMESTAMP, TargetColumn.Role.VALUE),
                                column("j", TDengineType.JSON, TargetColumn.Role.TAG),
                                column("g", TDengineType.VARCHAR, TargetColumn.Role.TAG))));
    }

    private static TargetColumn column(String name, TDengineType type, TargetColumn.Role role) {
        return new TargetColumn(name, type, 20, 0, role);
    }

    private static Predicate compare(
            String name, LogicalType type, Operator operator, Serializable value) {
        return new Comparison(new ScanField(name, type), operator, value);
    }

    private static String render(Predicate predicate) {
        return render(predicate, TimePrecision.MILLISECOND);
    }

    private static String render(Predicate predicate, TimePrecision precision) {
        Condition condition = new PredicateRenderer(table(precision), 1_000).renderAll(predicate);
        return condition.isAlways() ? "always" : condition.isNever() ? "never" : condition.sql();
    }

    private static BigDecimal number(String text) {
        return new BigDecimal(text);
    }

    @Test
    void comparesWholeNumbers() {
        assertThat(render(compare("i", new IntType(), Operator.GREATER, number("5"))))
                .isEqualTo("`i` >= 6");
        assertThat(render(compare("i", new IntType(), Operator.LESS_OR_EQUAL, number("5.5"))))
                .isEqualTo("`i` < 6");
        assertThat(render(compare("i", new IntType(), Operator.EQUAL, number("5"))))
                .isEqualTo("`i` = 5");
        assertThat(render(compare("i", new IntType(), Operator.EQUAL, number("5.5"))))
                .isEqualTo("never");
        assertThat(render(compare("i", new IntType(), Operator.NOT_EQUAL, number("5.5"))))
                .isEqualTo("`i` IS NOT NULL");
    }

    @Test
    void settlesWhatIsOutOfAColumnsRange() {
        assertThat(render(compare("i8", new TinyIntType(), Operator.LESS, number("300"))))
                .isEqualTo("`i8` IS NOT NULL");
        assertThat(render(compare("i8", new TinyIntType(), Operator.EQUAL, number("128"))))
                .isEqualTo("never");
        assertThat(render(compare("u8", new SmallIntType(), Operator.GREATER, number("-1"))))
                .isEqualTo("`u8` IS NOT NULL");
        assertThat(render(compare("u8", new SmallIntType(), Operator.GREATER, number("255"))))
                .isEqualTo("never");
        assertThat(
                        render(
                                compare(
                                        "u64",
                                        new DecimalType(20, 0),
                                        Operator.GREATER_OR_EQUAL,
                                        number("18446744073709551615"))))
                .isEqualTo("`u64` >= 18446744073709551615");
    }

    @Test
    void losesNoRowWhereFractionsCountAsEqual() {
        assertThat(render(compare("x", new DoubleType(), Operator.GREATER, number("1.5"))))
                .isEqualTo("`x` >= 1.5");
        assertThat(render(compare("x", new DoubleType(), Operator.NOT_EQUAL, number("1.5"))))
                .isEqualTo("always");
        assertThat(render(compare("x", new DoubleType(), Operator.LESS, number("1e300"))))
                .isEqualTo("always");
    }

    @Test
    void comparesTimesInTheDatabasesUnit() {
        LogicalType millis = new LocalZonedTimestampType(3);
        Instant time = Instant.parse("1970-01-01T00:00:01.5Z");
        assertThat(render(compare("ts", millis, Operator.EQUAL, time))).isEqualTo("`ts` = 1500");
        assertThat(render(compare("t2", millis, Operator.EQUAL, time), TimePrecision.NANOSECOND))
                .isEqualTo("(`t2` >= 1500000000 AND `t2` < 1501000000)");
        assertThat(render(compare("ts", millis, Operator.GREATER, time), TimePrecision.MICROSECOND))
                .isEqualTo("`ts` >= 1501000");
        assertThat(
                        render(
                                compare(
                                        "ts",
                                        new LocalZonedTimestampType(9),
                                        Operator.LESS_OR_EQUAL,
                                        time.plusNanos(1))))
                .isEqualTo("`ts` < 1501");
        assertThat(render(compare("ts", millis, Operator.LESS, Instant.MAX))).isEqualTo("always");
        assertThat(
                        render(
                                compare("t2", millis, Operator.GREATER, Instant.MAX),
                                TimePrecision.NANOSECOND))
                .isEqualTo("never");
        assertThat(
                        render(
                                compare("ts", new BigIntType(), Operator.LESS, number("1500")),
                                TimePrecision.NANOSECOND))
                .isEqualTo("`ts` < 1500000000");
    }

    @Test
    void escapesText() {
        assertThat(render(compare("n", STRING, Operator.EQUAL, "a'); DROP DATABASE x; -- \\")))
                .isEqualTo("`n` = 'a\\'); DROP DATABASE x; -- \\\\'");
        assertThat(render(compare("n", STRING, Operator.GREATER, "a"))).isEqualTo("always");
        assertThat(render(compare("n", STRING, Operator.NOT_EQUAL, "a\0"))).isEqualTo("always");
        assertThat(render(compare("j", STRING, Operator.EQUAL, "{}"))).isEqualTo("always");
        assertThat(render(compare("b", new BooleanType(), Operator.NOT_EQUAL, true)))
                .isEqualTo("`b` = false");
    }

    @Test
    void doesNotAskForNamesThatNoSubTableHas() {
        assertThat(render(compare("tbname", STRING, Operator.EQUAL, "D.1")))
                .isEqualTo("tbname = 'D.1'");
        assertThat(render(compare("tbname", STRING, Operator.EQUAL, ""))).isEqualTo("never");
        assertThat(render(compare("tbname", STRING, Operator.NOT_EQUAL, "x".repeat(193))))
                .isEqualTo("always");
        assertThat(render(new Predicate.Absence(new ScanField("tbname", STRING), true)))
                .isEqualTo("never");
        assertThat(render(new Predicate.Absence(new ScanField("g", STRING), true)))
                .isEqualTo("`g` IS NULL");
    }

    @Test
    void makesAListOfEqualities() {
        Predicate list =
                new Predicate.Any(
                        List.of(
                                compare("tbname", STRING, Operator.EQUAL, "a"),
                                compare("tbname", STRING, Operator.EQUAL, ""),
                                compare("tbname", STRING, Operator.EQUAL, "b'")));
        assertThat(render(list)).isEqualTo("tbname IN ('a', 'b\\'')");
        assertThat(
                        render(
                                new Predicate.Any(
                                        List.of(
                                                compare("g", STRING, Operator.EQUAL, "a"),
                                                compare("n", STRING, Operator.EQUAL, "b")))))
                .isEqualTo("(`g` = 'a' OR `n` = 'b')");
        assertThat(
                        render(
                                new Predicate.Any(
                                        List.of(
                                                compare("g", STRING, Operator.EQUAL, "a"),
                                                compare("j", STRING, Operator.EQUAL, "b")))))
                .as("one part that is not asked for lets all rows through")
                .isEqualTo("always");
    }

    @Test
    void widensPatterns() {
        assertThat(render(new Predicate.Likeness(new ScanField("n", STRING), "a_%b'")))
                .isEqualTo("`n` LIKE 'a%b\\''");
        assertThat(render(new Predicate.Likeness(new ScanField("n", STRING), "a\\_b")))
                .isEqualTo("always");
        assertThat(render(new Predicate.Likeness(new ScanField("n", STRING), "x".repeat(101))))
                .isEqualTo("always");
    }

    @Test
    void refusesColumnsThatAreNotWhatIsDeclared() {
        assertThatThrownBy(() -> render(compare("x", new IntType(), Operator.EQUAL, number("1"))))
                .isInstanceOf(ReadRefusedException.class)
                .hasMessageContaining(
                        "Column 'x' of table 'db.m' is DOUBLE in TDengine and cannot be read as INT");
        assertThatThrownBy(() -> render(compare("tz", STRING, Operator.EQUAL, "1")))
                .hasMessageContaining("has no column 'tz'");
    }

    /** Times cut off to what is declared, compared by Java, and what the condition says. */
    @Property(tries = 2_000)
    void comparesTimesAsFlinkDoesWithWhatItReads(
            @ForAll @LongRange(min = -5_000_000_000L, max = 5_000_000_000L) long nanos,
            @ForAll @LongRange(min = -5_000_000_000L, max = 5_000_000_000L) long literalNanos,
            @ForAll @IntRange(min = 0, max = 9) int declared,
            @ForAll @IntRange(min = 0, max = 9) int literalDigits,
            @ForAll TimePrecision precision,
            @ForAll Operator operator) {
        long tick = 1_000_000_000L / precision.perSecond();
        long stored = Math.floorDiv(nanos, tick);
        Instant read = cut(stored * tick, declared);
        Instant literal = cut(literalNanos, literalDigits);
        int order = read.compareTo(literal);
        boolean expected =
                switch (operator) {
                    case EQUAL -> order == 0;
                    case NOT_EQUAL -> order != 0;
                    case LESS -> order < 0;
                    case LESS_OR_EQUAL -> order <= 0;
                    case GREATER -> order > 0;
                    case GREATER_OR_EQUAL -> order >= 0;
                };

        String rendered =
                render(
                        compare("t2", new LocalZonedTimestampType(declared), operator, literal),
                        precision);

        assertThat(holds(rendered, stored)).as(rendered).isEqualTo(expected);
    }

    private static Instant cut(long nanos, int digits) {
        long unit = BigInteger.TEN.pow(9 - digits).longValueExact();
        return Instant.EPOCH.plusNanos(Math.floorDiv(nanos, unit) * unit);
    }

    /** Evaluates the little SQL that is written for times. */
    private static boolean holds(String sql, long value) {
        if (sql.equals("never") || sql.equals("always")) {
            return sql.equals("always");
        }
        if (sql.startsWith("(")) {
            String inner = sql.substring(1, sql.length() - 1);
            return inner.contains(" OR ")
                    ? Arrays.stream(inner.split(" OR ")).anyMatch(part -> holds(part, value))
                    : Arrays.stream(inner.split(" AND ")).allMatch(part -> holds(part, value));
        }
        String[] words = sql.split(" ");
        if (words[1].equals("IS")) {
            return true;
        }
        long bound = Long.parseLong(words[2]);
        return switch (words[1]) {
            case "=" -> value == bound;
            case "<>" -> value != bound;
            case "<" -> value < bound;
            default -> value >= bound;
        };
    }
}
