package io.millrace.devkit.tdengine.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.devkit.tdengine.engine.ResultColumn;
import io.millrace.devkit.tdengine.sql.ColumnType;
import io.millrace.devkit.tdengine.sql.DataType;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BlocksTest {
    private static String hex(List<ResultColumn> columns, List<Object[]> rows) {
        ByteBuf out = Unpooled.buffer();
        Blocks.write(out, columns, rows);
        return ByteBufUtil.hexDump(out);
    }

    @Test
    void writesTheBytesThatTheDriverWasSeenToRead() {
        List<ResultColumn> columns =
                List.of(
                        new ResultColumn("ts", ColumnType.of(DataType.TIMESTAMP)),
                        new ResultColumn("v", ColumnType.of(DataType.DOUBLE)),
                        new ResultColumn("s", ColumnType.of(DataType.NCHAR, 4)),
                        new ResultColumn("c", ColumnType.of(DataType.VARCHAR, 10)));
        List<Object[]> rows =
                List.of(
                        new Object[] {1700000000123L, 1.5, "hé", "ab"},
                        new Object[] {1700000001123L, null, null, ""});
        assertThat(hex(columns, rows))
                .isEqualTo(
                        "0100000083000000020000000400000000000080"
                                + "0000000000000000"
                                + "0908000000"
                                + "0708000000"
                                + "0a12000000"
                                + "080c000000"
                                + "10000000100000000a00000006000000"
                                + "007b68e5cf8b010000636ce5cf8b010000"
                                + "40000000000000f83f0000000000000000"
                                + "00000000ffffffff080068000000e9000000"
                                + "000000000400000002006162"
                                + "0000"
                                + "00");
    }

    @Test
    void marksNullsFromTheMostSignificantBitOn() {
        List<Object[]> rows = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            rows.add(new Object[] {i == 1 || i == 8 ? null : Boolean.TRUE});
        }
        assertThat(hex(List.of(new ResultColumn("b", ColumnType.of(DataType.BOOL))), rows))
                .endsWith("09000000" + "4080" + "010001010101010100" + "00");
    }

    @Test
    void writesDecimalsUnscaled() {
        List<Object[]> rows = List.<Object[]>of(new Object[] {new BigDecimal("-1.5")});
        assertThat(hex(List.of(new ResultColumn("d", ColumnType.decimal(10, 2))), rows))
                .endsWith("08000000" + "00" + "6affffffffffffff" + "00");
        assertThat(hex(List.of(new ResultColumn("d", ColumnType.decimal(38, 2))), rows))
                .endsWith("10000000" + "00" + "6affffffffffffff" + "ffffffffffffffff" + "00");
    }
}
