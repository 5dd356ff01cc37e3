package io.millrace.tdengine.letters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.common.deadletter.DeadLetter;
import io.millrace.tdengine.client.TDengineType;
import io.millrace.tdengine.client.TargetColumn;
import io.millrace.tdengine.client.TargetTable;
import io.millrace.tdengine.client.TimePrecision;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LetterTableTest {
    private static final LetterTable TABLE = new LetterTable("db", "lost");

    private static TargetTable table(int rowBytes) {
        List<TargetColumn> columns = new ArrayList<>();
        columns.add(column("ts", TDengineType.TIMESTAMP, 8, TargetColumn.Role.TIME));
        columns.add(column("id", TDengineType.VARCHAR, 48, TargetColumn.Role.KEY));
        for (String name : List.of("rule", "reason", "code", "target", "super_table")) {
            columns.add(column(name, TDengineType.VARCHAR, 40, TargetColumn.Role.VALUE));
        }
        columns.add(column("row_json", TDengineType.VARCHAR, rowBytes, TargetColumn.Role.VALUE));
        columns.add(column("shortened", TDengineType.BOOL, 1, TargetColumn.Role.VALUE));
        columns.add(column("replayed", TDengineType.TIMESTAMP, 8, TargetColumn.Role.VALUE));
        return new TargetTable(
                "db", "lost", TargetTable.Kind.TABLE, TimePrecision.MICROSECOND, 0, columns);
    }

    private static TargetColumn column(
            String name, TDengineType type, int length, TargetColumn.Role role) {
        return new TargetColumn(name, type, length, 0, role);
    }

    @Test
    void takesTheDatabaseOfTheConnectionUnlessAnotherIsNamed() {
        assertThat(LetterTable.parse("Lost-1", "db")).isEqualTo(new LetterTable("db", "Lost-1"));
        assertThat(LetterTable.parse("x.Lost", "db")).isEqualTo(new LetterTable("x", "Lost"));
        assertThatThrownBy(() -> LetterTable.parse("lost", null))
                .hasMessageContaining("'table:database.lost'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "a.", ".b", "a.b.c", "a`b", "é", "a\nb"})
    void refusesWhatIsNoName(String name) {
        assertThatThrownBy(() -> LetterTable.parse(name, "db"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'table:" + name + "' is no table");
    }

    @Test
    void findsTablesOfItsShapeGood() {
        assertThat(TABLE.problem(table(100))).isEmpty();
    }

    @Test
    void saysWhatIsWrongWithATable() {
        TargetTable other =
                new TargetTable(
                        "db",
                        "lost",
                        TargetTable.Kind.SUPER_TABLE,
                        TimePrecision.MILLISECOND,
                        0,
                        List.of(
                                column("t", TDengineType.TIMESTAMP, 8, TargetColumn.Role.TIME),
                                column("id", TDengineType.VARCHAR, 48, TargetColumn.Role.VALUE)));

        assertThat(TABLE.problem(other).orElseThrow())
                .contains(
                        "'db.lost'",
                        "table without tags",
                        "the time must be called ts",
                        "id VARCHAR(48) must be part of its key",
                        "reason VARCHAR(4096) is missing",
                        "It has t TIMESTAMP, id VARCHAR(48)");
    }

    @Test
    void putsALetterIntoARow() {
        DeadLetter letter =
                new DeadLetter(
                        Instant.ofEpochSecond(1_700_000_000, 123_456_789),
                        "tdengine",
                        "it's \\ wrong\0",
                        Map.of("database", "d", "table", "t", "code", "0x2653", "row", Map.of()));

        assertThat(new LetterRow(table(100)).values(letter, "id-1"))
                .isEqualTo(
                        "(1700000000123456,'id-1',NULL,'it\\'s \\\\ wrong\uFFFD','0x2653','d.t',"
                                + "NULL,'{}',false)");
    }

    @Test
    void marksWhatItShortens() {
        DeadLetter letter =
                new DeadLetter(
                        Instant.EPOCH,
                        "tdengine",
                        "r",
                        Map.of("database", "d", "row", Map.of("v", "x".repeat(100))));

        assertThat(new LetterRow(table(20)).values(letter, "1"))
                .endsWith("'{\"v\":\"xxxxxxxxxxx…',true)");
    }

    @Property(tries = 300)
    void keepsTextsWithinTheirBytes(@ForAll String text, @ForAll @IntRange(max = 40) int most) {
        String fitting = LetterRow.fitting(text, most);

        assertThat(fitting.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(most);
        if (text.getBytes(StandardCharsets.UTF_8).length <= most) {
            assertThat(fitting).isEqualTo(text);
        } else if (most >= 3) {
            assertThat(fitting).endsWith("…");
        }
    }
}
