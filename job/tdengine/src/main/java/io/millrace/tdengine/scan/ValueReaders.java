package io.millrace.tdengine.scan;

import io.millrace.tdengine.client.FlinkTypes;
import io.millrace.tdengine.client.TargetColumn;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.utils.LogicalTypeChecks;

/**
 * Chooses how a column is read, given what it is in TDengine and what the table declares. Values
 * may become wider (an INT may be read as BIGINT) but lose nothing; but a time may be declared
 * coarser and is then cut off towards the past. Stateless.
 */
public final class ValueReaders {
    private static final int NANOS_PER_SECOND = 1_000_000_000;
    private static final Map<LogicalTypeRoot, Integer> BITS =
            Map.of(
                    LogicalTypeRoot.TINYINT, 8,
                    LogicalTypeRoot.SMALLINT, 16,
                    LogicalTypeRoot.INTEGER, 32,
                    LogicalTypeRoot.BIGINT, 64);
    private static final Set<LogicalTypeRoot> TEXTS =
            Set.of(LogicalTypeRoot.CHAR, LogicalTypeRoot.VARCHAR);

    private ValueReaders() {}

    /**
     * A reader for a column.
     *
     * @param unitsPerSecond of a whole number that stands for a time
     * @throws ReadRefusedException if the column cannot become what is declared
     */
    public static ValueReader of(ReadTable table, ScanField field, long unitsPerSecond) {
        TargetColumn column = table.column(field.name()).column();
        ValueReader reader = find(column, field.type(), unitsPerSecond);
        if (reader != null) {
            return reader;
        }
        throw new ReadRefusedException(
                "Column '"
                        + field.name()
                        + "' of table '"
                        + table.table().database()
                        + "."
                        + table.table().name()
                        + "' is "
                        + column.describeType()
                        + " in TDengine and cannot be read as "
                        + field.type().asSummaryString()
                        + ". "
                        + FlinkTypes.of(column, table.precision())
                                .map(DataType::getLogicalType)
                                .map(type -> "Declare it as " + type.asSummaryString() + ".")
                                .orElse("Leave it out of the table's columns."));
    }

    private static ValueReader find(TargetColumn column, LogicalType type, long unitsPerSecond) {
        LogicalTypeRoot root = type.getTypeRoot();
        return switch (column.type()) {
            case TIMESTAMP -> time(type, unitsPerSecond);
            case BOOL -> root == LogicalTypeRoot.BOOLEAN ? ResultSet::getObject : null;
            case TINYINT -> whole(type, 8, 3);
            case SMALLINT -> whole(type, 16, 5);
            case INT -> whole(type, 32, 10);
            case BIGINT -> whole(type, 64, 19);
            case TINYINT_UNSIGNED -> whole(type, 9, 3);
            case SMALLINT_UNSIGNED -> whole(type, 17, 5);
            case INT_UNSIGNED -> whole(type, 33, 10);
            case BIGINT_UNSIGNED -> whole(type, 65, 20);
            case FLOAT ->
                    root == LogicalTypeRoot.FLOAT
                            ? ResultSet::getObject
                            : root == LogicalTypeRoot.DOUBLE ? ValueReaders::floatAsDouble : null;
            case DOUBLE -> root == LogicalTypeRoot.DOUBLE ? ResultSet::getObject : null;
            case DECIMAL ->
                    type instanceof DecimalType decimal
                                    && decimal.getScale() >= column.scale()
                                    && decimal.getPrecision() - decimal.getScale()
                                            >= column.length() - column.scale()
                            ? decimal(decimal)
                            : null;
            case VARCHAR, NCHAR, JSON -> TEXTS.contains(root) ? ValueReaders::text : null;
            case GEOMETRY ->
                    TEXTS.contains(root)
                            ? ValueReaders::shape
                            : root == LogicalTypeRoot.VARBINARY ? ResultSet::getBytes : null;
            case VARBINARY -> root == LogicalTypeRoot.VARBINARY ? ResultSet::getBytes : null;
            case UNKNOWN -> null;
        };
    }

    /**
     * Reads a whole number.
     *
     * @param bits that its values need with a sign
     * @param digits that its values need
     */
    private static ValueReader whole(LogicalType type, int bits, int digits) {
        if (type instanceof DecimalType decimal) {
            return decimal.getPrecision() - decimal.getScale() >= digits ? decimal(decimal) : null;
        }
        if (BITS.getOrDefault(type.getTypeRoot(), 0) < bits) {
            return null;
        }
        return switch (type.getTypeRoot()) {
            case TINYINT -> (row, i) -> row.getObject(i) instanceof Number n ? n.byteValue() : null;
            case SMALLINT ->
                    (row, i) -> row.getObject(i) instanceof Number n ? n.shortValue() : null;
            case INTEGER -> (row, i) -> row.getObject(i) instanceof Number n ? n.intValue() : null;
            default -> (row, i) -> row.getObject(i) instanceof Number n ? n.longValue() : null;
        };
    }

    private static Object floatAsDouble(ResultSet row, int column) throws java.sql.SQLException {
        return row.getObject(column) instanceof Float value ? value.doubleValue() : null;
    }

    private static ValueReader decimal(DecimalType type) {
        int precision = type.getPrecision();
        int scale = type.getScale();
        return (row, i) -> {
            Object value = row.getObject(i);
            if (value == null) {
                return null;
            }
            BigDecimal decimal =
                    value instanceof BigDecimal d
                            ? d
                            : value instanceof BigInteger whole
                                    ? new BigDecimal(whole)
                                    : BigDecimal.valueOf(((Number) value).longValue());
            return DecimalData.fromBigDecimal(decimal, precision, scale);
        };
    }

    /** The driver has VARCHAR and JSON as bytes, which are UTF-8 as Flink's are, NCHAR as text. */
    private static Object text(ResultSet row, int column) throws java.sql.SQLException {
        Object value = row.getObject(column);
        return value == null
                ? null
                : value instanceof byte[] utf8
                        ? StringData.fromBytes(utf8)
                        : StringData.fromString(value.toString());
    }

    private static Object shape(ResultSet row, int column) throws java.sql.SQLException {
        byte[] binary = row.getBytes(column);
        return binary == null
                ? null
                : StringData.fromBytes(
                        WellKnownText.of(binary).getBytes(StandardCharsets.US_ASCII));
    }

    /** The driver's instants have no zone, whereas its {@code getTimestamp} does. */
    private static ValueReader time(LogicalType type, long unitsPerSecond) {
        return switch (type.getTypeRoot()) {
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE, TIMESTAMP_WITHOUT_TIME_ZONE -> {
                int unit =
                        BigInteger.TEN
                                .pow(9 - LogicalTypeChecks.getPrecision(type))
                                .intValueExact();
                yield (row, i) -> {
                    Instant time = row.getObject(i, Instant.class);
                    return time == null ? null : timestamp(time, unit);
                };
            }
            case BIGINT ->
                    (row, i) -> {
                        Instant time = row.getObject(i, Instant.class);
                        return time == null ? null : epoch(time, unitsPerSecond);
                    };
            default -> null;
        };
    }

    private static TimestampData timestamp(Instant time, int unit) {
        int nanos = time.getNano() - time.getNano() % unit;
        return TimestampData.fromEpochMillis(
                time.getEpochSecond() * 1_000 + nanos / 1_000_000, nanos % 1_000_000);
    }

    private static long epoch(Instant time, long unitsPerSecond) {
        return Math.addExact(
                Math.multiplyExact(time.getEpochSecond(), unitsPerSecond),
                time.getNano() / (NANOS_PER_SECOND / unitsPerSecond));
    }
}
