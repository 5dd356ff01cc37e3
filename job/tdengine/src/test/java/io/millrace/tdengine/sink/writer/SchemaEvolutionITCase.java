package io.millrace.tdengine.sink.writer;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.devkit.tdengine.TDengineUnderTest;
import io.millrace.tdengine.sink.TDengineSinkBuilder;
import io.millrace.tdengine.sink.schema.SchemaEvolution;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.RowType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tables that are made to fit the rows, at any server. */
class SchemaEvolutionITCase {
    private static final long T0 = 1_767_225_600_000L;
    private static final RowType ROW =
            (RowType)
                    DataTypes.ROW(
                                    DataTypes.FIELD("ts", DataTypes.TIMESTAMP_LTZ(3)),
                                    DataTypes.FIELD("v", DataTypes.INT()),
                                    DataTypes.FIELD("s", DataTypes.STRING()),
                                    DataTypes.FIELD("dev", DataTypes.STRING()))
                            .getLogicalType();
    private static TDengineUnderTest server;
    private String database;

    @BeforeAll
    static void startServer() {
        server = TDengineUnderTest.start();
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @BeforeEach
    void makeDatabase() {
        database = server.freshDatabase("");
    }

    private WriterUnderTest writer(java.util.function.UnaryOperator<TDengineSinkBuilder> options) {
        return new WriterUnderTest(server, database, ROW, options);
    }

    private static TDengineSinkBuilder adding(TDengineSinkBuilder builder) {
        return builder.superTable("st")
                .subTable("d_${dev}")
                .schemaEvolution(SchemaEvolution.Mode.ADD_COLUMNS)
                .tags(List.of("dev"));
    }

    private static GenericRowData row(int i, String text, String device) {
        return GenericRowData.of(
                TimestampData.fromEpochMillis(T0 + i),
                i,
                StringData.fromString(text),
                StringData.fromString(device));
    }

    private long count(String table) {
        return ((Number)
                        server.rows("SELECT COUNT(*) FROM " + database + "." + table).get(0).get(0))
                .longValue();
    }

    @Test
    void createsASuperTable() throws Exception {
        try (WriterUnderTest writer =
                writer(
                        b ->
                                b.superTable("st")
                                        .schemaEvolution(SchemaEvolution.Mode.CREATE)
                                        .tags(List.of("dev")))) {
            writer.write(row(1, "grün", "d1"));
            writer.flush();
        }
        assertThat(server.rows("SELECT v, s, dev FROM " + database + ".st"))
                .containsExactly(List.of(1, "grün", "d1"));
    }

    @Test
    void createsTheSuperTableOfATemplate() throws Exception {
        try (WriterUnderTest writer =
                writer(
                        b ->
                                b.sql(
                                                "INSERT INTO d_${dev} USING st (dev) TAGS (${dev})"
                                                        + " (ts, v) VALUES (${ts}, ${v})")
                                        .schemaEvolution(SchemaEvolution.Mode.CREATE))) {
            writer.write(row(1, "", "d1"));
            writer.flush();
        }
        assertThat(server.rows("SELECT v, dev FROM " + database + ".st"))
                .containsExactly(List.of(1, "d1"));
    }

    @Test
    void createsATableOfAName() throws Exception {
        try (WriterUnderTest writer =
                writer(
                        b ->
                                b.sql("INSERT INTO t_${dev} (ts, v) VALUES (${ts}, ${v})")
                                        .schemaEvolution(SchemaEvolution.Mode.CREATE))) {
            writer.write(row(1, "", "a"));
            writer.write(row(2, "", "b"));
            writer.flush();
        }
        assertThat(count("t_a")).isEqualTo(1);
        assertThat(count("t_b")).isEqualTo(1);
    }

    @Test
    void addsWhatIsMissingAndLeavesTheRestAlone() throws Exception {
        server.execute(
                "CREATE STABLE " + database + ".st (ts TIMESTAMP, other INT) TAGS (site INT)");
        try (WriterUnderTest writer = writer(SchemaEvolutionITCase::adding)) {
            writer.write(row(1, "x", "d1"));
            writer.flush();
        }
        assertThat(server.rows("SELECT v, s, dev, other, site FROM " + database + ".st"))
                .hasSize(1);
        assertThat(server.rows("SELECT v, s, dev FROM " + database + ".st"))
                .containsExactly(List.of(1, "x", "d1"));
    }

    @Test
    void widensTextsAndTagsThatAreTooLong() throws Exception {
        server.execute(
                "CREATE STABLE "
                        + database
                        + ".st (ts TIMESTAMP, v INT, s VARCHAR(4)) TAGS (dev NCHAR(2))");
        String device = "gerät-7";
        String text = "ü".repeat(100);
        try (WriterUnderTest writer = writer(SchemaEvolutionITCase::adding)) {
            writer.write(row(1, "abcd", "d1"));
            writer.write(row(2, "abcde", "d1"));
            writer.write(row(3, text, device));
            writer.flush();

            assertThat(writer.letters).isEmpty();
        }
        assertThat(server.rows("SELECT s, dev FROM " + database + ".st ORDER BY ts"))
                .containsExactly(
                        List.of("abcd", "d1"), List.of("abcde", "d1"), List.of(text, device));
    }

    @Test
    void givesUpOnAValueThatNoColumnCanHold() throws Exception {
        try (WriterUnderTest writer = writer(SchemaEvolutionITCase::adding)) {
            writer.write(row(1, "x".repeat(20_000), "d1"));
            writer.write(row(2, "fits", "d1"));
            writer.flush();

            assertThat(writer.letters).hasSize(1);
            assertThat(writer.letters.get(0).reason()).contains("20000 characters");
        }
        assertThat(count("st")).isEqualTo(1);
    }

    @Test
    void severalWritersMayDoItAtOnce() throws Exception {
        server.execute("CREATE STABLE " + database + ".other (ts TIMESTAMP, v INT) TAGS (a INT)");
        List<CompletableFuture<Void>> writers = new ArrayList<>();
        for (int w = 0; w < 4; w++) {
            String device = "d" + w;
            writers.add(
                    CompletableFuture.runAsync(
                            () -> {
                                try (WriterUnderTest writer =
                                        writer(SchemaEvolutionITCase::adding)) {
                                    for (int i = 0; i < 20; i++) {
                                        writer.write(row(i, "x".repeat(100 * i), device));
                                    }
                                    writer.flush();
                                    assertThat(writer.letters).isEmpty();
                                } catch (Exception e) {
                                    throw new IllegalStateException(e);
                                }
                            }));
        }
        for (CompletableFuture<Void> writer : writers) {
            writer.get();
        }
        assertThat(count("st")).isEqualTo(80);
    }
}
