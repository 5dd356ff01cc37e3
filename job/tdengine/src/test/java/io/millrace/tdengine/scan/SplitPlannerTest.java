package io.millrace.tdengine.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.millrace.tdengine.client.TDengineConnectionSettings;
import io.millrace.tdengine.client.TDengineType;
import io.millrace.tdengine.client.TargetColumn;
import io.millrace.tdengine.client.TargetTable;
import io.millrace.tdengine.client.TimePrecision;
import io.millrace.tdengine.sink.writer.RetryPolicy;
import java.io.IOException;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.VarCharType;
import org.junit.jupiter.api.Test;

class SplitPlannerTest {
    private static final ReadTable TABLE =
            new ReadTable(
                    new TargetTable(
                            "db",
                            "m",
                            TargetTable.Kind.SUPER_TABLE,
                            TimePrecision.MICROSECOND,
                            0,
                            List.of(
                                    new TargetColumn(
                                            "ts",
                                            TDengineType.TIMESTAMP,
                                            8,
                                            0,
                                            TargetColumn.Role.TIME),
                                    new TargetColumn(
                                            "v", TDengineType.INT, 4, 0, TargetColumn.Role.VALUE),
                                    new TargetColumn(
                                            "gid",
                                            TDengineType.INT,
                                            4,
                                            0,
                                            TargetColumn.Role.TAG))));

    private final List<String> asked = new ArrayList<>();

    private static ScanSettings settings(
            SplitBy by, Duration duration, int subTables, Predicate predicate, long limit) {
        return new ScanSettings(
                TDengineConnectionSettings.builder()
                        .url("http://h:6041?user=root&password=x")
                        .build(),
                "db",
                "m",
                List.of(new ScanField("v", new IntType())),
                predicate,
                limit,
                by,
                duration,
                subTables,
                1_000,
                new ReadRetries(
                        new RetryPolicy(Duration.ofMillis(1), Duration.ofMillis(1), Duration.ZERO),
                        Duration.ZERO,
                        0,
                        "scan.retry.timeout"));
    }

    private List<ScanSplit> plan(ScanSettings settings, long first, long last) throws SQLException {
        return SplitPlanner.plan(
                TABLE,
                settings,
                2,
                new SplitPlanner.Server() {
                    @Override
                    public SplitPlanner.TimeRange timeRange(String query) {
                        asked.add(query);
                        return first > last ? null : new SplitPlanner.TimeRange(first, last);
                    }

                    @Override
                    public List<String> names(String query) {
                        asked.add(query);
                        return IntStream.range(0, 7).mapToObj(i -> "d" + (6 - i)).toList();
                    }
                });
    }

    @Property
    void stretchesOfTimeMeetAndCoverAll(
            @ForAll long a, @ForAll long b, @ForAll @IntRange(min = 0, max = 50) int near)
            throws SQLException {
        long first = Math.min(a, b);
        long last = near > 25 ? Math.max(a, b) : Math.min(Math.max(a, b), first + near);
        last = Math.max(first, last);
        List<ScanSplit> splits = plan(settings(SplitBy.TIME, null, 10, null, -1), first, last);

        assertThat(splits).hasSizeBetween(1, 8);
        assertThat(splits.get(0).from()).isEqualTo(first);
        for (int i = 1; i < splits.size(); i++) {
            assertThat(splits.get(i).from()).isEqualTo(splits.get(i - 1).to());
            assertThat(splits.get(i).from()).isLessThan(splits.get(i).to());
        }
        ScanSplit end = splits.get(splits.size() - 1);
        assertThat(end.to() == Long.MAX_VALUE || end.to() == last + 1).isTrue();
    }

    @Test
    void divideByDurationInTheDatabasesUnit() throws SQLException {
        assertThat(plan(settings(SplitBy.TIME, Duration.ofMillis(3), 10, null, -1), 0, 7_000))
                .extracting(ScanSplit::from, ScanSplit::to)
                .containsExactly(tuple(0L, 3_000L), tuple(3_000L, 6_000L), tuple(6_000L, 7_001L));
        assertThatThrownBy(
                        () ->
                                plan(
                                        settings(SplitBy.TIME, Duration.ofMillis(1), 10, null, -1),
                                        0,
                                        1_000_000_000_000L))
                .isInstanceOf(ReadRefusedException.class)
                .hasMessageContaining("which makes 1000000001 splits")
                .hasMessageContaining("Make it longer");
    }

    @Test
    void groupSubTables() throws SQLException {
        assertThat(plan(settings(SplitBy.SUB_TABLE, null, 3, null, -1), 0, 0))
                .extracting(ScanSplit::subTables)
                .containsExactly(
                        List.of("d0", "d1", "d2"), List.of("d3", "d4", "d5"), List.of("d6"));
        assertThat(asked).containsExactly("SELECT TAGS tbname FROM `db`.`m`");
    }

    @Test
    void askOnlyForWhatIsCheapToFind() throws SQLException {
        Predicate predicate =
                new Predicate.All(
                        List.of(
                                new Predicate.Comparison(
                                        new ScanField("gid", new IntType()),
                                        Predicate.Operator.EQUAL,
                                        new BigDecimal(5)),
                                new Predicate.Comparison(
                                        new ScanField("v", new IntType()),
                                        Predicate.Operator.EQUAL,
                                        new BigDecimal(7))));
        plan(settings(SplitBy.TIME, null, 3, predicate, -1), 0, 0);
        assertThat(asked)
                .containsExactly("SELECT FIRST(`ts`), LAST(`ts`) FROM `db`.`m` WHERE `gid` = 5");
    }

    @Test
    void makeNothingOfNothing() throws SQLException {
        Predicate never =
                new Predicate.Comparison(
                        new ScanField("tbname", VarCharType.STRING_TYPE),
                        Predicate.Operator.EQUAL,
                        "");
        assertThat(plan(settings(SplitBy.TIME, null, 3, never, -1), 0, 5)).isEmpty();
        assertThat(plan(settings(SplitBy.NONE, null, 3, null, 0), 0, 5)).isEmpty();
        assertThat(asked).isEmpty();
        assertThat(plan(settings(SplitBy.TIME, null, 3, null, -1), 1, 0)).isEmpty();
    }

    @Test
    void queriesReadOnBehindTheirPosition() {
        ScanSettings settings = settings(SplitBy.TIME, null, 3, null, 10);
        ScanQuery query = new ScanQuery(TABLE, settings);
        assertThat(query.rows(ScanSplit.of(0, 5, 9, List.of("a'b", "c"))))
                .isEqualTo(
                        "SELECT `ts`, `v` FROM `db`.`m` WHERE (`ts` >= 5 AND `ts` < 9 AND tbname IN"
                                + " ('a\\'b', 'c')) ORDER BY `ts` LIMIT 10");
        assertThat(query.rows(ScanSplit.of(0, Long.MIN_VALUE, Long.MAX_VALUE, List.of()).readTo(7)))
                .isEqualTo("SELECT `ts`, `v` FROM `db`.`m` WHERE `ts` >= 8 ORDER BY `ts` LIMIT 10");
    }

    /** Bytes of version 1, as checkpoints of that version have them. */
    @Test
    void readsSplitsOfVersionOne() throws IOException {
        String hex = "00013300000000000000050000000000000009000000000000000700000002000161000162";
        ScanSplit split = new ScanSplit("3", 5, 9, List.of("a", "b"), 7);
        ScanSplitSerializer serializer = new ScanSplitSerializer();
        assertThat(HexFormat.of().formatHex(serializer.serialize(split))).isEqualTo(hex);
        assertThat(serializer.deserialize(1, HexFormat.of().parseHex(hex))).isEqualTo(split);
        assertThatThrownBy(() -> serializer.deserialize(2, new byte[0]))
                .hasMessageContaining("has version 2; this connector reads version 1");

        ScanState state = new ScanState(true, List.of(split));
        ScanStateSerializer states = new ScanStateSerializer();
        assertThat(states.deserialize(1, states.serialize(state))).isEqualTo(state);
    }
}
