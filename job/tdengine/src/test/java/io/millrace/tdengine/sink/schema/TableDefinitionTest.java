package io.millrace.tdengine.sink.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.common.Problems;
import io.millrace.tdengine.client.TDengineType;
import io.millrace.tdengine.client.TargetColumn;
import io.millrace.tdengine.client.TargetTable;
import io.millrace.tdengine.client.TimePrecision;
import io.millrace.tdengine.sink.plan.ColumnPlanner;
import io.millrace.tdengine.sink.plan.TemplatePlanner;
import io.millrace.tdengine.sink.row.RowPlan;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.types.logical.RowType;
import org.junit.jupiter.api.Test;

class TableDefinitionTest {
    private static final RowType ROW =
            (RowType)
                    DataTypes.ROW(
                                    DataTypes.FIELD("clientid", DataTypes.STRING()),
                                    DataTypes.FIELD("at", DataTypes.TIMESTAMP_LTZ(3)),
                                    DataTypes.FIELD("temp", DataTypes.FLOAT()),
                                    DataTypes.FIELD("n", DataTypes.DECIMAL(20, 0)),
                                    DataTypes.FIELD("name", DataTypes.VARCHAR(20)),
                                    DataTypes.FIELD("raw", DataTypes.BYTES()),
                                    DataTypes.FIELD("list", DataTypes.ARRAY(DataTypes.DOUBLE())))
                            .getLogicalType();

    private static Set<Integer> all(RowType type) {
        return IntStream.range(0, type.getFieldCount()).boxed().collect(Collectors.toSet());
    }

    private static SchemaEvolution create(String... tags) {
        return new SchemaEvolution(SchemaEvolution.Mode.CREATE, List.of(tags));
    }

    private static String define(RowPlan plan, SchemaEvolution evolution) {
        Problems problems = new Problems();
        TableDefinition definition = TableDefinition.of(plan, evolution, problems);
        problems.throwIfAny(IllegalArgumentException::new);
        return definition.createStatement("db", "st");
    }

    private static RowPlan superTable(RowType type) {
        return ColumnPlanner.superTable("db", "st", null, type, all(type), new Problems());
    }

    private static RowPlan template(String sql, RowType type) {
        return TemplatePlanner.plan(sql, "db", type, all(type), true, new Problems()).get(0);
    }

    @Test
    void putsTheTimeFirstAndTagsLast() {
        assertThat(define(superTable(ROW), create("clientid")))
                .isEqualTo(
                        "CREATE STABLE IF NOT EXISTS `db`.`st` (`at` TIMESTAMP, `temp` FLOAT,"
                                + " `n` BIGINT UNSIGNED, `name` NCHAR(20), `raw` VARBINARY(256),"
                                + " `list` NCHAR(256)) TAGS (`clientid` NCHAR(64))");
    }

    @Test
    void takesColumnsAndTagsFromATemplate() {
        assertThat(
                        define(
                                template(
                                        "INSERT INTO d_${clientid} USING st (id) TAGS (${clientid})"
                                                + " (ts, temp, fix) VALUES (${at}, ${temp}, 1.5)",
                                        ROW),
                                create()))
                .isEqualTo(
                        "CREATE STABLE IF NOT EXISTS `db`.`st` (`ts` TIMESTAMP, `temp` FLOAT,"
                                + " `fix` DOUBLE) TAGS (`id` NCHAR(64))");
    }

    @Test
    void asksWhatTheTagsAre() {
        assertThatThrownBy(() -> define(superTable(ROW), create()))
                .hasMessageContaining("Give option 'tags'");
    }

    @Test
    void asksForATime() {
        RowType type =
                (RowType)
                        DataTypes.ROW(
                                        DataTypes.FIELD("a", DataTypes.INT()),
                                        DataTypes.FIELD("b", DataTypes.INT()))
                                .getLogicalType();

        assertThatThrownBy(() -> define(ColumnPlanner.table("db", "t", type, all(type)), create()))
                .hasMessageContaining("no column can be the time");
    }

    @Test
    void asksForNamesInATemplate() {
        assertThatThrownBy(
                        () ->
                                define(
                                        template("INSERT INTO t VALUES (${at}, ${temp})", ROW),
                                        create()))
                .hasMessageContaining("Name them");
    }

    @Test
    void widensByDoublingWithinTheRow() {
        TargetColumn time =
                new TargetColumn("ts", TDengineType.TIMESTAMP, 8, 0, TargetColumn.Role.TIME);
        TargetColumn big =
                new TargetColumn("big", TDengineType.VARCHAR, 60_000, 0, TargetColumn.Role.VALUE);
        TargetColumn text =
                new TargetColumn("s", TDengineType.NCHAR, 10, 0, TargetColumn.Role.VALUE);
        TargetTable table =
                new TargetTable(
                        "db",
                        "t",
                        TargetTable.Kind.TABLE,
                        TimePrecision.MILLISECOND,
                        0,
                        List.of(time, big, text));

        assertThat(Widening.widened(table, text, 11)).get().returns(20, TargetColumn::length);
        assertThat(Widening.widened(table, text, 100)).get().returns(100, TargetColumn::length);
        // 65,531 bytes, of which 8 + 60,002 + 2 are taken; four for each character.
        assertThat(Widening.widened(table, text, 1_379)).get().returns(1_379, TargetColumn::length);
        assertThat(Widening.widened(table, text, 1_380)).isEmpty();
        assertThat(Widening.widened(table, big, 60_001))
                .get()
                .returns(65_531 - 8 - 42 - 2, TargetColumn::length);
        assertThat(Widening.widened(table, time, 9)).isEmpty();
    }
}
