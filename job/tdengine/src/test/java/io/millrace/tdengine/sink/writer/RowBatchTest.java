package io.millrace.tdengine.sink.writer;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.tdengine.sink.row.ColumnSet;
import io.millrace.tdengine.sink.row.GrowingBytes;
import io.millrace.tdengine.sink.row.TestRows;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class RowBatchTest {
    private static final ColumnSet AB = TestRows.columns(1, "ts", "a", "b");
    private static final ColumnSet A = TestRows.columns(1, "ts", "a");
    private static final ColumnSet B = TestRows.columns(1, "ts", "b");
    private static final ColumnSet KEYED = TestRows.columns(2, "ts", "k:text", "a");

    private final TableEntry d1 = new TableEntry("db", "d1", null, false);
    private final TableEntry d2 = new TableEntry("db", "d2", null, false);
    private final RowBatch batch = new RowBatch(0, false, 64);
    private final RowBatch merging = new RowBatch(1, true, 64);

    private static void add(
            RowBatch batch, TableEntry table, ColumnSet columns, long time, Object... rest) {
        GrowingBytes out = batch.values();
        int start = out.length();
        TestRows.append(out, time);
        int keyEnd = out.length();
        for (int i = 0; i < rest.length; i++) {
            TestRows.append(out, rest[i]);
            keyEnd = i + 2 == columns.keyColumns() ? out.length() : keyEnd;
        }
        batch.add(table, columns, time, start, keyEnd);
    }

    private static String sql(RowBatch batch) {
        GrowingBytes out = new GrowingBytes(16);
        int[] order = batch.order();
        StatementRenderer.render(batch, order, 0, order.length, 1 << 30, out);
        return out.toString();
    }

    @Test
    void groupsRowsByTable() {
        add(batch, d1, AB, 1, 1, 2);
        add(batch, d2, AB, 1, 3, 4);
        add(batch, d1, AB, 2, 5, 6);

        assertThat(sql(batch))
                .isEqualTo(
                        "INSERT INTO `db`.`d1` (`ts`,`a`,`b`) VALUES (1,1,2)(2,5,6)"
                                + " `db`.`d2` (`ts`,`a`,`b`) VALUES (1,3,4)");
    }

    @Test
    void createsTablesThatAreNotKnown() {
        TableEntry entry = new TableEntry("db", "d3", TestRows.tags("`db`.`x`", "t", 1), false);
        add(batch, entry, A, 1, 1);

        assertThat(sql(batch))
                .isEqualTo(
                        "INSERT INTO `db`.`d3` USING `db`.`x` (`t`) TAGS (1) (`ts`,`a`) VALUES (1,1)");
        entry.setKnown(true);
        assertThat(sql(batch)).isEqualTo("INSERT INTO `db`.`d3` (`ts`,`a`) VALUES (1,1)");
    }

    @Test
    void ofRowsWithOneKeyTheLastWinsWhole() {
        add(batch, d1, AB, 1, 1, 2);
        add(batch, d1, AB, 2, 0, 0);
        add(batch, d1, AB, 1, 3, null);

        assertThat(sql(batch)).endsWith(" VALUES (1,3,NULL)(2,0,0)");
        assertThat(batch.rows()).isEqualTo(2);
        assertThat(batch.collisions()).isEqualTo(1);
    }

    @Test
    void mergesRowsWithOneKeyColumnByColumnIfNullsAreSkipped() {
        add(merging, d1, A, 1, 1);
        add(merging, d1, B, 1, 8);
        add(merging, d1, A, 2, 7);
        add(merging, d1, A, 1, 3);

        assertThat(sql(merging))
                .contains("(`ts`,`a`,`b`) VALUES (1,3,8)")
                .contains("(`ts`,`a`) VALUES (2,7)");
        assertThat(merging.rows()).isEqualTo(2);
        assertThat(merging.collisions()).isEqualTo(2);
    }

    @Test
    void tellsRowsApartByTheSecondColumnOfTheKey() {
        add(batch, d1, KEYED, 1, "x", 1);
        add(batch, d1, KEYED, 1, "y", 2);
        add(batch, d1, KEYED, 1, "x", 3);

        assertThat(sql(batch)).endsWith(" VALUES (1,'x',3)(1,'y',2)");
    }

    @Test
    void isEmptyAfterAReset() {
        add(batch, d1, AB, 1, 1, 2);

        batch.reset(2);
        add(batch, d1, AB, 1, 9, 9);

        assertThat(batch.rows()).isEqualTo(1);
        assertThat(batch.collisions()).isZero();
        assertThat(sql(batch)).endsWith(" VALUES (1,9,9)");
    }

    private long batchNumber = 10;

    private record Row(int table, int time, int column, int value) {}

    /** The outcome must be that of writing the rows one after the other. */
    @Property(tries = 300)
    void endsLikeRowsWrittenOneByOne(
            @ForAll @Size(max = 60)
                    List<@IntRange(min = 0, max = 3 * 4 * 2 * 100 - 1) Integer> encoded) {
        TableEntry[] tables = {d1, d2, new TableEntry("db", "d3", null, false)};
        Map<String, Map<String, Object>> expected = new LinkedHashMap<>();
        merging.reset(++batchNumber);
        for (int code : encoded) {
            Row row = new Row(code % 3, code / 3 % 4, code / 12 % 2, code / 24);
            ColumnSet columns = row.column == 0 ? A : B;
            add(merging, tables[row.table], columns, row.time, row.value);
            expected.computeIfAbsent(row.table + "/" + row.time, k -> new HashMap<>())
                    .put(row.column == 0 ? "a" : "b", row.value);
        }

        Map<String, Map<String, Object>> actual = new LinkedHashMap<>();
        for (int row : merging.order()) {
            Map<String, Object> values = merging.plain(row);
            String table = merging.table(row).name();
            String key = (Integer.parseInt(table.substring(1)) - 1) + "/" + values.remove("ts");
            values.replaceAll((column, value) -> Integer.parseInt(value.toString()));
            assertThat(actual.put(key, new HashMap<>(values))).isNull();
        }

        assertThat(actual).isEqualTo(expected);
        assertThat(merging.rows() + merging.collisions()).isEqualTo(encoded.size());
    }

    @Test
    void findsKeysAmongThousands() {
        for (int i = 0; i < 20_000; i++) {
            add(batch, i % 2 == 0 ? d1 : d2, A, i / 2 * 1000L, 1);
        }
        for (int i = 0; i < 20_000; i++) {
            add(batch, i % 2 == 0 ? d1 : d2, A, i / 2 * 1000L, 2);
        }

        assertThat(batch.rows()).isEqualTo(20_000);
        assertThat(batch.collisions()).isEqualTo(20_000);
        assertThat(sql(batch)).doesNotContain(",1)");
    }
}
