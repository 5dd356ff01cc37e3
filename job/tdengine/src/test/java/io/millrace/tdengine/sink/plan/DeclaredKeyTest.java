package io.millrace.tdengine.sink.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.common.Problems;
import io.millrace.tdengine.client.TDengineType;
import io.millrace.tdengine.client.TargetColumn;
import io.millrace.tdengine.client.TargetTable;
import io.millrace.tdengine.client.TimePrecision;
import io.millrace.tdengine.sink.row.RowPlan;
import java.util.List;
import java.util.Set;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.types.logical.RowType;
import org.junit.jupiter.api.Test;

class DeclaredKeyTest {
    private static final RowType ROW =
            (RowType)
                    DataTypes.ROW(
                                    DataTypes.FIELD("ts", DataTypes.TIMESTAMP_LTZ(3)),
                                    DataTypes.FIELD("v", DataTypes.INT()),
                                    DataTypes.FIELD("dev", DataTypes.STRING()),
                                    DataTypes.FIELD("site", DataTypes.STRING()))
                            .getLogicalType();
    private static final Set<Integer> ALL = Set.of(0, 1, 2, 3);

    private static TargetTable table(TargetTable.Kind kind, TargetColumn.Role roleOfV) {
        boolean tagged = kind == TargetTable.Kind.SUPER_TABLE;
        TargetColumn.Role role = tagged ? TargetColumn.Role.TAG : TargetColumn.Role.VALUE;
        return new TargetTable(
                "db",
                "st",
                kind,
                TimePrecision.MILLISECOND,
                0,
                List.of(
                        new TargetColumn(
                                "ts", TDengineType.TIMESTAMP, 8, 0, TargetColumn.Role.TIME),
                        new TargetColumn("v", TDengineType.INT, 4, 0, roleOfV),
                        new TargetColumn("dev", TDengineType.NCHAR, 9, 0, role),
                        new TargetColumn("site", TDengineType.NCHAR, 9, 0, role)));
    }

    private static String superTable(String subTable, TargetColumn.Role roleOfV, String... key) {
        RowPlan plan = ColumnPlanner.superTable("db", "st", subTable, ROW, ALL, new Problems());
        return DeclaredKey.problem(List.of(key), plan, table(TargetTable.Kind.SUPER_TABLE, roleOfV))
                .orElse("");
    }

    private static String plain(TargetColumn.Role roleOfV, String... key) {
        return DeclaredKey.problem(
                        List.of(key),
                        ColumnPlanner.table("db", "st", ROW, ALL),
                        table(TargetTable.Kind.TABLE, roleOfV))
                .orElse("");
    }

    @Test
    void acceptsWhatTDengineTellsRowsBy() {
        TargetColumn.Role value = TargetColumn.Role.VALUE;
        assertThat(plain(value)).isEmpty();
        assertThat(plain(value, "ts")).isEmpty();
        assertThat(plain(TargetColumn.Role.KEY, "v", "ts")).isEmpty();
        assertThat(superTable("d_${dev}", value, "dev", "ts")).isEmpty();
        assertThat(superTable(null, value, "site", "ts", "dev")).isEmpty();
        assertThat(superTable("d_${dev}", TargetColumn.Role.KEY, "dev", "ts", "v")).isEmpty();
    }

    @Test
    void saysWhatIsPossible() {
        TargetColumn.Role value = TargetColumn.Role.VALUE;
        assertThat(plain(value, "dev"))
                .isEqualTo(
                        "PRIMARY KEY (dev) cannot be kept by TDengine: rows of table 'db.st' are"
                                + " one row if they agree in time, and in nothing else. Declare"
                                + " PRIMARY KEY (ts) NOT ENFORCED, or none.");
        assertThat(plain(TargetColumn.Role.KEY, "ts"))
                .contains("time and key column")
                .contains("PRIMARY KEY (ts, v)");
        assertThat(superTable("d_${dev}", value, "ts")).contains("PRIMARY KEY (dev, ts)");
        assertThat(superTable("d_${dev}", value, "dev", "ts", "site"))
                .contains("PRIMARY KEY (dev, ts)");
        assertThat(superTable(null, value, "dev", "ts")).contains("PRIMARY KEY (dev, site, ts)");
    }
}
