package io.millrace.tdengine.scan;

import java.math.BigInteger;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Divides a table. Pure but for what it asks of the server. */
final class SplitPlanner {
    /** Splits that each reader gets on average, so that readers finish at about the same time. */
    private static final int SPLITS_PER_READER = 4;

    private static final int MOST_SPLITS = 100_000;

    /** First and last time of a table. */
    record TimeRange(long first, long last) {}

    /** What a planner asks. */
    interface Server {
        /** Null if there is no row. */
        TimeRange timeRange(String query) throws SQLException;

        List<String> names(String query) throws SQLException;
    }

    private SplitPlanner() {}

    /**
     * Divides a table.
     *
     * @param readers how many there are
     * @throws ReadRefusedException if it cannot be divided so
     */
    static List<ScanSplit> plan(ReadTable table, ScanSettings settings, int readers, Server server)
            throws SQLException {
        ScanQuery query = new ScanQuery(table, settings);
        if (query.isEmpty() || settings.limit() == 0) {
            return List.of();
        }
        return switch (settings.splitBy()) {
            case NONE -> List.of(all());
            case SUB_TABLE -> {
                if (!table.table().isSuperTable()) {
                    yield List.of(all());
                }
                yield bySubTable(server.names(query.subTables()), settings.subTables());
            }
            case TIME -> {
                TimeRange range = server.timeRange(query.timeRange());
                yield range == null ? List.of() : byTime(table, settings, readers, range);
            }
        };
    }

    private static ScanSplit all() {
        return ScanSplit.of(0, Long.MIN_VALUE, Long.MAX_VALUE, List.of());
    }

    private static List<ScanSplit> bySubTable(List<String> names, int size) {
        List<String> sorted = names.stream().distinct().sorted().toList();
        List<ScanSplit> splits = new ArrayList<>();
        for (int i = 0; i < sorted.size(); i += size) {
            splits.add(
                    ScanSplit.of(
                            splits.size(),
                            Long.MIN_VALUE,
                            Long.MAX_VALUE,
                            sorted.subList(i, Math.min(sorted.size(), i + size))));
        }
        return splits;
    }

    private static List<ScanSplit> byTime(
            ReadTable table, ScanSettings settings, int readers, TimeRange range) {
        BigInteger first = BigInteger.valueOf(range.first());
        BigInteger span = BigInteger.valueOf(range.last()).subtract(first).add(BigInteger.ONE);
        BigInteger length =
                settings.splitDuration() == null
                        ? ceilingDivide(
                                span, BigInteger.valueOf((long) readers * SPLITS_PER_READER))
                        : ticks(settings.splitDuration(), table.precision().perSecond());
        BigInteger count = ceilingDivide(span, length);
        if (count.compareTo(BigInteger.valueOf(MOST_SPLITS)) > 0) {
            throw new ReadRefusedException(
                    "Option 'scan.split.duration' is "
                            + settings.splitDuration()
                            + ", which makes "
                            + count
                            + " splits of table '"
                            + table.table().database()
                            + "."
                            + table.table().name()
                            + "'; allowed are "
                            + MOST_SPLITS
                            + ". Make it longer.");
        }
        List<ScanSplit> splits = new ArrayList<>();
        BigInteger from = first;
        BigInteger end = first.add(span);
        while (from.compareTo(end) < 0) {
            BigInteger to = from.add(length).min(end);
            splits.add(
                    ScanSplit.of(
                            splits.size(),
                            from.longValueExact(),
                            to.min(BigInteger.valueOf(Long.MAX_VALUE)).longValueExact(),
                            List.of()));
            from = to;
        }
        return splits;
    }

    private static BigInteger ticks(Duration duration, long perSecond) {
        BigInteger nanos =
                BigInteger.valueOf(duration.getSeconds())
                        .multiply(BigInteger.valueOf(1_000_000_000L))
                        .add(BigInteger.valueOf(duration.getNano()));
        return nanos.multiply(BigInteger.valueOf(perSecond))
                .divide(BigInteger.valueOf(1_000_000_000L))
                .max(BigInteger.ONE);
    }

    private static BigInteger ceilingDivide(BigInteger value, BigInteger by) {
        return value.add(by).subtract(BigInteger.ONE).divide(by);
    }
}
