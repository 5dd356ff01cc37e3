package io.millrace.tdengine.sink.writer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.tdengine.sink.row.ColumnSet;
import io.millrace.tdengine.sink.row.GrowingBytes;
import io.millrace.tdengine.sink.row.TestRows;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class BatchFreezerTest {
    private static final ColumnSet KEYED = TestRows.columns(2, "ts", "k:text", "a");
    private static final ColumnSet PLAIN = TestRows.columns(1, "ts", "a");

    private final FrozenBatch.Serializer serializer = new FrozenBatch.Serializer();

    private static String sql(RowBatch batch) {
        GrowingBytes out = new GrowingBytes(16);
        int[] order = batch.order();
        StatementRenderer.render(batch, order, 0, order.length, 1 << 20, out);
        return out.toString();
    }

    private static void add(RowBatch batch, TableEntry table, ColumnSet columns, Object... values) {
        int start = batch.values().length();
        int keyEnd = start;
        for (int i = 0; i < values.length; i++) {
            TestRows.append(batch.values(), values[i]);
            keyEnd = i < columns.keyColumns() ? batch.values().length() : keyEnd;
        }
        batch.add(table, columns, ((Number) values[0]).longValue(), start, keyEnd);
    }

    @Test
    void thawsWhatItFroze() throws Exception {
        RowBatch batch = new RowBatch(7, false, 64);
        TableEntry d1 = new TableEntry("db", "d1", TestRows.tags("`db`.`st`", "t", 1), false);
        TableEntry d2 = new TableEntry("db", "d2", TestRows.tags("`db`.`st`", "t", 2), false);
        TableEntry plain = new TableEntry("db", "p", null, true);
        add(batch, d1, KEYED, 1, "ü'", null);
        add(batch, d2, KEYED, 1, "x", 5);
        add(batch, d1, KEYED, 1, "y", 6);
        add(batch, d1, KEYED, 1, "y", 7);
        add(batch, plain, PLAIN, 9, 8);

        FrozenBatch frozen = BatchFreezer.freeze(batch);
        FrozenBatch restored =
                serializer.deserialize(serializer.getVersion(), serializer.serialize(frozen));
        RowBatch thawed = BatchFreezer.thaw(restored);

        assertThat(restored.rows()).isEqualTo(4);
        assertThat(thawed.rows()).isEqualTo(4);
        assertThat(sql(thawed)).isEqualTo(sql(batch)).contains("`db`.`st` (`t`) TAGS (2)");
        int last = thawed.order()[3];
        assertThat(thawed.table(last).isMissingByFaultOfRow()).isTrue();
    }

    @Test
    void refusesAnotherVersion() {
        assertThatThrownBy(() -> serializer.deserialize(99, new byte[4]))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("version 99");
    }
}
