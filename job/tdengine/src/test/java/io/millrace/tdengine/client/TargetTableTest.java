package io.millrace.tdengine.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.tdengine.client.TargetColumn.Role;
import java.util.List;
import org.apache.flink.table.api.DataTypes;
import org.junit.jupiter.api.Test;

class TargetTableTest {

    private static final TargetTable TABLE =
            new TargetTable(
                    "d",
                    "t",
                    TargetTable.Kind.SUPER_TABLE,
                    TimePrecision.MICROSECOND,
                    60,
                    List.of(
                            TableSchemas.column(true, "ts", "TIMESTAMP", 8, ""),
                            TableSchemas.column(false, "k", "INT", 4, "PRIMARY KEY"),
                            TableSchemas.column(false, "V", "BIGINT UNSIGNED", 8, ""),
                            TableSchemas.column(false, "v", "DECIMAL(10, 2)", 8, ""),
                            TableSchemas.column(false, "Name", "NCHAR", 9, "TAG")));

    @Test
    void findsColumnsByExactNameElseByTheOnlyOneThatDiffersInCase() {
        assertThat(TABLE.column("V")).contains(TABLE.columns().get(2));
        assertThat(TABLE.column("name")).contains(TABLE.columns().get(4));
        assertThat(TABLE.column("TS")).contains(TABLE.timeColumn());
        assertThat(TABLE.column("other")).isEmpty();
    }

    @Test
    void findsNothingIfSeveralDifferInCaseOnly() {
        TargetTable twins =
                new TargetTable(
                        "d",
                        "t",
                        TargetTable.Kind.TABLE,
                        TimePrecision.MILLISECOND,
                        0,
                        List.of(
                                TableSchemas.column(true, "aB", "TIMESTAMP", 8, ""),
                                TableSchemas.column(false, "Ab", "INT", 4, "")));

        assertThat(twins.column("ab")).isEmpty();
    }

    @Test
    void readsWhatDescribePrints() {
        assertThat(TABLE.columns())
                .extracting(TargetColumn::role)
                .containsExactly(Role.TIME, Role.KEY, Role.VALUE, Role.VALUE, Role.TAG);
        assertThat(TABLE.describeColumns())
                .isEqualTo(
                        "ts TIMESTAMP, k INT, V BIGINT UNSIGNED, v DECIMAL(10,2), Name NCHAR(9)"
                                + " (tag)");
        assertThat(TDengineType.parse("BLOB")).isEqualTo(TDengineType.UNKNOWN);
    }

    @Test
    void showsUnsignedAndDecimalColumnsInTypesWideEnough() {
        assertThat(FlinkTypes.of(TABLE.columns().get(0), TABLE.precision()))
                .contains(DataTypes.TIMESTAMP_LTZ(6));
        assertThat(FlinkTypes.of(TABLE.columns().get(2), TABLE.precision()))
                .contains(DataTypes.DECIMAL(20, 0));
        assertThat(FlinkTypes.of(TABLE.columns().get(3), TABLE.precision()))
                .contains(DataTypes.DECIMAL(10, 2));
    }

    @Test
    void readsHowLongRowsAreKept() {
        assertThat(TableSchemas.keepMinutes("3650d,3650d,3650d")).isEqualTo(3650L * 24 * 60);
        assertThat(TableSchemas.keepMinutes("90m,2h,1d")).isEqualTo(24 * 60);
        assertThat(TableSchemas.keepMinutes(null)).isZero();
    }

    @Test
    void convertsTimesTowardsThePast() {
        assertThat(TimePrecision.MICROSECOND.of(-1, 999_999)).isEqualTo(-1);
        assertThat(TimePrecision.NANOSECOND.of(1_700_000_000_123L, 456_789))
                .isEqualTo(1_700_000_000_123_456_789L);
        assertThat(TimePrecision.MILLISECOND.of(-1L, 1_000_000L)).isEqualTo(-1);
        assertThat(TimePrecision.MICROSECOND.of(2L, 1L)).isEqualTo(2_000_000L);
        assertThatThrownBy(() -> TimePrecision.NANOSECOND.of(10_000_000_000_000L, 0))
                .isInstanceOf(ArithmeticException.class);
    }
}
