package io.millrace.tdengine.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.tdengine.client.TDengineType;
import io.millrace.tdengine.client.TargetColumn;
import io.millrace.tdengine.client.TargetColumn.Role;
import io.millrace.tdengine.client.TargetTable;
import io.millrace.tdengine.client.TimePrecision;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.catalog.CatalogTable;
import org.junit.jupiter.api.Test;

class ShownTableTest {
    private static final TargetColumn TS = column("ts", TDengineType.TIMESTAMP, 8, Role.TIME);
    private static final TargetColumn SEQ = column("seq", TDengineType.INT, 4, Role.KEY);
    private static final TargetColumn NOTE = column("Note", TDengineType.NCHAR, 64, Role.VALUE);
    private static final TargetColumn GID = column("gid", TDengineType.INT, 4, Role.TAG);
    private static final Map<String, String> CONNECTION =
            Map.of(
                    "url", "jdbc:TAOS-WS://h:6041/",
                    "token", "${env.T}",
                    "sub-table", "d_${gid}",
                    "sink.rule", "r");

    @Test
    void aSuperTableHasItsSubTablesNameFirstAndItsTagsLast() {
        CatalogTable shown =
                ShownTable.of(table(TargetTable.Kind.SUPER_TABLE, TS, SEQ, NOTE, GID), CONNECTION);

        assertThat(columns(shown))
                .containsExactly(
                        "tbname STRING name of the sub-table",
                        "ts TIMESTAMP_LTZ(9) TIMESTAMP",
                        "seq INT INT PRIMARY KEY",
                        "Note STRING NCHAR(64)",
                        "gid INT INT TAG");
        assertThat(shown.getOptions())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(
                                "connector", "tdengine",
                                "url", "jdbc:TAOS-WS://h:6041/",
                                "token", "${env.T}",
                                "sub-table", "d_${gid}",
                                "sink.rule", "r",
                                "database", "Db",
                                "super-table", "T"));
    }

    @Test
    void aSubTableIsATableOfItsColumns() {
        CatalogTable shown =
                ShownTable.of(table(TargetTable.Kind.SUB_TABLE, TS, NOTE, GID), CONNECTION);

        assertThat(columns(shown))
                .containsExactly("ts TIMESTAMP_LTZ(9) TIMESTAMP", "Note STRING NCHAR(64)");
        assertThat(shown.getOptions())
                .containsEntry("table", "T")
                .doesNotContainKeys("super-table", "sub-table");
    }

    @Test
    void aColumnThatCannotBeWrittenIsLeftOutAndNamed() {
        TargetColumn blob = column("b", TDengineType.UNKNOWN, 0, Role.VALUE);
        CatalogTable shown = ShownTable.of(table(TargetTable.Kind.TABLE, TS, blob), CONNECTION);

        assertThat(columns(shown)).containsExactly("ts TIMESTAMP_LTZ(9) TIMESTAMP");
        assertThat(shown.getComment())
                .isEqualTo("TDengine table; left out, since their types cannot be written: b");
    }

    private static List<String> columns(CatalogTable table) {
        return table.getUnresolvedSchema().getColumns().stream()
                .map(Schema.UnresolvedPhysicalColumn.class::cast)
                .map(
                        column ->
                                column.getName()
                                        + " "
                                        + column.getDataType()
                                        + " "
                                        + column.getComment().orElse(""))
                .toList();
    }

    private static TargetTable table(TargetTable.Kind kind, TargetColumn... columns) {
        return new TargetTable("Db", "T", kind, TimePrecision.NANOSECOND, 0, List.of(columns));
    }

    private static TargetColumn column(String name, TDengineType type, int length, Role role) {
        return new TargetColumn(name, type, length, 0, role);
    }
}
