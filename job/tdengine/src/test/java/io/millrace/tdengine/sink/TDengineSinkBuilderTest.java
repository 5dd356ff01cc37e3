package io.millrace.tdengine.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.common.Secret;
import io.millrace.tdengine.sink.row.RowPlan;
import io.millrace.tdengine.sink.row.RowPlan.Part;
import io.millrace.tdengine.sink.row.ValueSource;
import io.millrace.tdengine.sink.writer.TableTarget;
import java.io.ByteArrayOutputStream;
import java.io.ObjectOutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.types.logical.RowType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TDengineSinkBuilderTest {
    private static final RowType ROW =
            (RowType)
                    DataTypes.ROW(
                                    DataTypes.FIELD("ts", DataTypes.BIGINT()),
                                    DataTypes.FIELD("tbname", DataTypes.STRING()),
                                    DataTypes.FIELD(
                                            "payload",
                                            DataTypes.ROW(
                                                    DataTypes.FIELD("t", DataTypes.DOUBLE()))),
                                    DataTypes.FIELD("clientid", DataTypes.STRING()))
                            .getLogicalType();

    private static TDengineSinkBuilder builder() {
        TDengineSinkBuilder builder = TDengineSink.builder();
        builder.connection().url("http://h/inurl").username("root").password(Secret.of("s3cr3t"));
        return builder.rowType(ROW);
    }

    private static ValueSource.Field field(int position) {
        return ValueSource.Field.of(
                ROW.getFieldNames().get(position), position, ROW.getTypeAt(position));
    }

    private static RowPlan.Binding any(int position) {
        return RowPlan.Binding.of(Part.ANY, ROW.getFieldNames().get(position), field(position));
    }

    @Test
    void bindsColumnsOfATableByName() {
        RowPlan plan = builder().table("t").settings().plan();

        assertThat(plan.database()).isEqualTo("inurl");
        assertThat(plan.destination()).isEqualTo(new RowPlan.Table("t"));
        assertThat(plan.bindings()).containsExactly(any(0), any(1), any(2), any(3));
    }

    @Test
    void namesSubTablesByColumnTbnameThenByTheTemplate() {
        RowPlan plan =
                builder().database("d").superTable("s").subTable("d_${clientid}").settings().plan();

        RowPlan.NameTemplate template =
                new RowPlan.NameTemplate(
                        new ValueSource.Text(List.of(new ValueSource.Constant("d_"), field(3))),
                        false);
        assertThat(plan.database()).isEqualTo("d");
        assertThat(plan.destination())
                .isEqualTo(new RowPlan.SuperTable("s", new RowPlan.NameField(field(1), template)));
        assertThat(plan.bindings()).containsExactly(any(0), any(2), any(3));
    }

    @Test
    void bindsOnlyColumnsThatTheInsertNames() {
        RowPlan plan = builder().superTable("s").targetColumns(new int[] {3, 0}).settings().plan();

        assertThat(plan.bindings()).containsExactly(any(0), any(3));
        assertThat(((RowPlan.SuperTable) plan.destination()).subTable())
                .isEqualTo(new RowPlan.NameFromTags());
    }

    @Test
    void refusesASubTableNameOfAColumnThatTheInsertLeavesOut() {
        assertThatThrownBy(
                        () ->
                                builder()
                                        .superTable("s")
                                        .subTable("d_${clientid}")
                                        .targetColumns(new int[] {0})
                                        .build())
                .hasMessageContaining("'clientid' no value");
    }

    @Test
    void compilesATemplate() {
        RowPlan plan =
                builder()
                        .sql(
                                "INSERT INTO d_${clientid} USING db.`S` (a) TAGS ('x-${clientid}')"
                                        + " (ts, t, n) VALUES (${ts}, ${payload.t}, 5)")
                        .settings()
                        .plan();

        assertThat(plan.destination())
                .isInstanceOfSatisfying(
                        RowPlan.SuperTable.class,
                        superTable -> {
                            assertThat(superTable.name()).isEqualTo("S");
                            assertThat(superTable.subTable())
                                    .isInstanceOfSatisfying(
                                            RowPlan.NameTemplate.class,
                                            name -> assertThat(name.lowerCase()).isTrue());
                        });
        assertThat(plan.bindings())
                .containsExactly(
                        new RowPlan.Binding(
                                Part.TAG,
                                "a",
                                0,
                                new ValueSource.Text(
                                        List.of(new ValueSource.Constant("x-"), field(3))),
                                true),
                        new RowPlan.Binding(Part.COLUMN, "ts", 0, field(0), true),
                        new RowPlan.Binding(
                                Part.COLUMN,
                                "t",
                                1,
                                new ValueSource.Field(
                                        "payload.t",
                                        List.of(2, 0),
                                        List.of(1),
                                        DataTypes.DOUBLE().getLogicalType()),
                                true),
                        new RowPlan.Binding(
                                Part.COLUMN,
                                "n",
                                2,
                                new ValueSource.Constant(BigDecimal.valueOf(5)),
                                false));
    }

    @Test
    void takesUndefinedPlaceholdersForNullOnlyIfToldSo() {
        String sql = "INSERT INTO t (ts, v) VALUES (${ts}, ${payload.hum})";

        assertThatThrownBy(() -> builder().sql(sql).build())
                .hasMessageContaining("${payload.hum} names no column: there is no 'hum' among t");
        RowPlan plan = builder().sql(sql).undefinedVarsAsNull(true).settings().plan();

        assertThat(plan.bindings().get(1))
                .isEqualTo(
                        new RowPlan.Binding(
                                Part.COLUMN, "v", 1, new ValueSource.Constant(null), false));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    d_${clientId}  | there is no 'clientId' among ts, tbname, payload, clientid. Did you mean 'clientid'?
                    d_${ts.x}      | looks into a value of type BIGINT
                    """)
    void saysWhichPlaceholdersThereAre(String subTable, String problem) {
        assertThatThrownBy(() -> builder().superTable("s").subTable(subTable).build())
                .hasMessageContaining("Option 'sub-table' is '" + subTable + "'")
                .hasMessageContaining(problem);
    }

    @Test
    void takesATableForDeadLettersInItsDatabaseOrAnother() {
        assertThat(builder().table("t").deadLetter("table:Lost").settings().deadLetters())
                .extracting(target -> ((TableTarget) target).table().toString())
                .isEqualTo("inurl.Lost");
        assertThat(builder().table("t").deadLetter("table:x.lost").settings().deadLetters())
                .extracting(target -> ((TableTarget) target).table().toString())
                .isEqualTo("x.lost");
        assertThatThrownBy(() -> builder().table("t").deadLetter("table:a.b.c").build())
                .hasMessageContaining("'sink.dead-letter'")
                .hasMessageContaining("'table:a.b.c' is no table");
    }

    @Test
    void reportsAllProblemsAtOnceAndNoSecret() {
        TDengineSinkBuilder builder = TDengineSink.builder().rowType(ROW).table("t").sql("x");
        builder.connection().url("ftp://h").password(Secret.of("s3cr3t"));

        assertThatThrownBy(
                        () ->
                                builder.maxRows(0)
                                        .maxBytes(100L << 20)
                                        .interval(Duration.ZERO)
                                        .retry(Duration.ofSeconds(2), Duration.ofSeconds(1))
                                        .deadLetter("nowhere")
                                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'ftp://h'")
                .hasMessageContaining("'username' is missing")
                .hasMessageContaining("'table', 'super-table' and 'sql'")
                .hasMessageContaining("'sink.batch.max-rows' is 0")
                .hasMessageContaining("'sink.batch.max-bytes' is 104857600 bytes")
                .hasMessageContaining("'sink.batch.interval' is 0 ms")
                .hasMessageContaining("'sink.retry.max-delay' is 1000 ms")
                .hasMessageContaining("'nowhere'")
                .hasMessageNotContaining("s3cr3t");
    }

    @Test
    void shipsReferencesAndNotTheirValues() throws Exception {
        TDengineSinkBuilder builder = TDengineSink.builder().rowType(ROW).database("d").table("t");
        builder.connection().url("http://h").username("u").password(Secret.of("${env.PATH}"));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new ObjectOutputStream(bytes).writeObject(builder.build());

        assertThat(bytes.toString(StandardCharsets.ISO_8859_1))
                .contains("${env.PATH}")
                .doesNotContain(System.getenv("PATH"));
    }
}
