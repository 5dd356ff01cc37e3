package io.millrace.rule.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.rule.Problem.Severity;
import io.millrace.rule.payload.Origin;
import io.millrace.tdengine.client.TDengineType;
import io.millrace.tdengine.client.TargetColumn;
import io.millrace.tdengine.client.TimePrecision;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.CharType;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.DoubleType;
import org.apache.flink.table.types.logical.FloatType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LocalZonedTimestampType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.SmallIntType;
import org.apache.flink.table.types.logical.VarCharType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValueFitTest {

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    TINYINT,           127,   true
                    TINYINT,           128,   false
                    TINYINT,           -129,  false
                    TINYINT_UNSIGNED,  255,   true
                    TINYINT_UNSIGNED,  -1,    false
                    INT,               21.5,  false
                    INT,               21.0,  true
                    BIGINT_UNSIGNED,   18446744073709551615, true
                    BIGINT_UNSIGNED,   18446744073709551616, false
                    """)
    void aNumberThatNeverFitsIsAnError(TDengineType type, String number, boolean fits) {
        Optional<Finding> found =
                fit(new IntType(), literal(number, Origin.Kind.NUMBER), column(type, 0));

        assertThat(found.isEmpty()).isEqualTo(fits);
        found.ifPresent(
                finding -> {
                    assertThat(finding.severity()).isEqualTo(Severity.ERROR);
                    assertThat(finding.message()).contains("never takes " + number);
                });
    }

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    NCHAR,    5, Grüße,  true
                    NCHAR,    4, Grüße,  false
                    VARCHAR,  7, Grüße,  true
                    VARCHAR,  6, Grüße,  false
                    NCHAR,    1, 😀,     true
                    """)
    void textIsMeasuredAsItsColumnDoes(TDengineType type, int length, String text, boolean fits) {
        assertThat(
                        fit(new CharType(5), literal(text, Origin.Kind.TEXT), column(type, length))
                                .isEmpty())
                .isEqualTo(fits);
    }

    @Test
    void aValueThatMayNotFitIsANote() {
        assertNote(new BigIntType(), column(TDengineType.INT, 0), "-2147483648 to 2147483647");
        assertNote(new IntType(), column(TDengineType.INT_UNSIGNED, 0), "0 to 4294967295");
        assertNote(new DoubleType(), column(TDengineType.INT, 0), "with a fraction, such as 21.5");
        assertNote(new DoubleType(), column(TDengineType.FLOAT, 0), "keeps 7 digits");
        assertNote(new VarCharType(65), column(TDengineType.NCHAR, 64), "a longer value");
        assertNote(
                new LocalZonedTimestampType(6),
                column(TDengineType.TIMESTAMP, 0),
                "what is finer is cut off");
        assertNote(
                new DecimalType(20, 6),
                new TargetColumn("x", TDengineType.DECIMAL, 10, 2, TargetColumn.Role.VALUE),
                "further decimals are rounded");
    }

    @Test
    void nothingIsSaidOfWhatFits() {
        assertFits(new IntType(), column(TDengineType.BIGINT, 0));
        assertFits(new SmallIntType(), column(TDengineType.SMALLINT, 0));
        assertFits(new FloatType(), column(TDengineType.DOUBLE, 0));
        assertFits(new FloatType(), column(TDengineType.FLOAT, 0));
        assertFits(VarCharType.STRING_TYPE, column(TDengineType.NCHAR, 64));
        assertFits(new VarCharType(64), column(TDengineType.VARCHAR, 64));
        assertFits(new LocalZonedTimestampType(3), column(TDengineType.TIMESTAMP, 0));
        assertFits(new BigIntType(), column(TDengineType.TIMESTAMP, 0));
    }

    private static void assertNote(LogicalType from, TargetColumn column, String part) {
        assertThat(fit(from, Optional.empty(), column))
                .hasValueSatisfying(
                        finding -> {
                            assertThat(finding.severity()).isEqualTo(Severity.NOTE);
                            assertThat(finding.message()).contains(part);
                        });
    }

    private static void assertFits(LogicalType from, TargetColumn column) {
        assertThat(fit(from, Optional.empty(), column)).isEmpty();
    }

    private static Optional<Finding> fit(
            LogicalType from, Optional<Origin> origin, TargetColumn column) {
        return ValueFit.of(from, origin, column, TimePrecision.MILLISECOND);
    }

    private static Optional<Origin> literal(String text, Origin.Kind kind) {
        return Optional.of(new Origin(Set.of(), Set.of(), text, kind));
    }

    private static TargetColumn column(TDengineType type, int length) {
        return new TargetColumn("x", type, length, 0, TargetColumn.Role.VALUE);
    }
}
