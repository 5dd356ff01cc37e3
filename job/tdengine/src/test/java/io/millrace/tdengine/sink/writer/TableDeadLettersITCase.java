package io.millrace.tdengine.sink.writer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.millrace.common.Secret;
import io.millrace.common.deadletter.DeadLetter;
import io.millrace.common.deadletter.DeadLetterWriter;
import io.millrace.devkit.tdengine.TDengineUnderTest;
import io.millrace.tdengine.sink.TDengineSink;
import io.millrace.tdengine.sink.TDengineSinkBuilder;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.types.logical.RowType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Dead letters in a table. */
class TableDeadLettersITCase {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00.123Z");
    private static final RowType TYPE =
            (RowType) DataTypes.ROW(DataTypes.FIELD("ts", DataTypes.BIGINT())).getLogicalType();

    private TDengineUnderTest server;
    private String database;

    @BeforeEach
    void start() {
        server = TDengineUnderTest.start();
        database = server.freshDatabase("");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private DeadLetterWriter open(String target) throws IOException {
        TDengineSinkBuilder builder =
                TDengineSink.builder()
                        .rowType(TYPE)
                        .database(database)
                        .table("t")
                        .retry(Duration.ofMillis(10), Duration.ofMillis(50))
                        .missingTimeout(Duration.ofMillis(100))
                        .deadLetter(target);
        builder.connection()
                .url(server.url())
                .username(server.username())
                .password(Secret.of(server.password()))
                .requestTimeout(Duration.ofSeconds(2));
        return builder.settings().deadLetters().open("tdengine-0");
    }

    private DeadLetter letter(String text) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("database", database);
        details.put("super_table", "m");
        details.put("table", "d1");
        details.put("code", "0x2653");
        details.put("row", Map.of("v", text));
        details.put("rule", "r.sql");
        return new DeadLetter(NOW, "tdengine", "too long", details);
    }

    private List<List<Object>> rows(String columns, String table) {
        return server.rows("SELECT " + columns + " FROM " + database + ".`" + table + "`");
    }

    @Test
    void createsTheTableAndKeepsLetters() throws Exception {
        try (DeadLetterWriter letters = open("table:Lost letters")) {
            letters.write(letter("it's \\ {\n}"));
            letters.flush();

            assertThat(
                            rows(
                                    "ts, rule, reason, code, target, super_table, row_json,"
                                            + " shortened, replayed",
                                    "Lost letters"))
                    .containsExactly(
                            java.util.Arrays.asList(
                                    "2026-11-22T12:00:00.123Z",
                                    "r.sql",
                                    "too long",
                                    "0x2653",
                                    database + ".d1",
                                    "m",
                                    "{\"v\":\"it's \\\\ {\\n}\"}",
                                    false,
                                    null));
        }
    }

    @Test
    void keepsLettersOfOneMomentFromAllWritersAndAttempts() throws Exception {
        for (int attempt = 0; attempt < 3; attempt++) {
            try (DeadLetterWriter one = open("table:lost");
                    DeadLetterWriter other = open("table:" + database + ".lost")) {
                for (int i = 0; i < 10; i++) {
                    one.write(letter("a"));
                    other.write(letter("a"));
                }
                one.flush();
                other.flush();
            }
        }

        assertThat(rows("COUNT(*)", "lost")).containsExactly(List.of(60));
    }

    @Test
    void shortensWhatIsTooLongAndMarksIt() throws Exception {
        try (DeadLetterWriter letters = open("table:lost")) {
            for (int i = 0; i < 12; i++) {
                letters.write(letter("日'".repeat(30_000)));
            }
            letters.flush();
        }

        assertThat(rows("COUNT(*), MIN(LENGTH(row_json)), MAX(LENGTH(row_json))", "lost").get(0))
                .satisfies(row -> assertThat(((Number) row.get(0)).intValue()).isEqualTo(12))
                .satisfies(
                        row ->
                                assertThat(((Number) row.get(1)).intValue())
                                        .isBetween(47_990, 48_000));
        assertThat(rows("shortened", "lost")).allMatch(row -> row.equals(List.of(true)));
        assertThat(rows("row_json", "lost").get(0).get(0).toString()).endsWith("…");
    }

    @Test
    void refusesATableOfAnotherShape() throws Exception {
        server.execute("CREATE TABLE " + database + ".lost (ts TIMESTAMP, reason VARCHAR(10))");
        try (DeadLetterWriter letters = open("table:lost")) {
            letters.write(letter("a"));

            assertThatThrownBy(letters::flush)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("Table '" + database + ".lost' cannot take dead letters")
                    .hasMessageContaining("id VARCHAR(48) must be part of its key");
        }
    }

    @Test
    void failsIfTheDatabaseIsMissing() throws Exception {
        try (DeadLetterWriter letters = open("table:nosuchdatabase.lost")) {
            letters.write(letter("a"));

            assertThatThrownBy(letters::flush)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("'nosuchdatabase.lost'")
                    .hasMessageContaining("Create the database");
        }
    }

    @Test
    void makesTheTableAgainIfItIsDropped() throws Exception {
        try (DeadLetterWriter letters = open("table:lost")) {
            letters.write(letter("a"));
            letters.flush();
            server.execute("DROP TABLE " + database + ".lost");
            letters.write(letter("b"));
            letters.flush();
        }

        assertThat(rows("row_json", "lost")).containsExactly(List.of("{\"v\":\"b\"}"));
    }

    @Test
    void writesOnceOverCutsAndErrors() throws Exception {
        assumeTrue(server.isEmbedded(), "orders faults");
        try (DeadLetterWriter letters = open("table:lost")) {
            letters.write(letter("a"));
            server.server().faults().cutBeforeExecuting(1);
            server.server().faults().cutAfterExecuting(1);
            server.server().faults().answerNext(1, 0xb, "Unable to establish connection");
            letters.write(letter("b"));

            letters.flush();
        }

        assertThat(rows("COUNT(*)", "lost")).containsExactly(List.of(2));
    }
}
