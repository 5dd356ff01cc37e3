package io.millrace.mqtt.format;

import java.util.List;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LocalZonedTimestampType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeFamily;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.TimeType;
import org.apache.flink.table.types.logical.TimestampType;

/** Chooses the reader of a type. Stateless. */
final class ValueReaders {
    private ValueReaders() {}

    /**
     * Makes the reader of a type.
     *
     * @param path where the type stands, for the complaint
     * @throws IllegalArgumentException if no JSON value can be of that type
     */
    static ValueReader of(LogicalType type, String path) {
        return switch (type.getTypeRoot()) {
            case BOOLEAN -> TextReaders.ofBoolean();
            case TINYINT -> NumberReaders.ofTinyInt();
            case SMALLINT -> NumberReaders.ofSmallInt();
            case INTEGER -> NumberReaders.ofInt();
            case BIGINT -> NumberReaders.ofBigInt();
            case FLOAT -> NumberReaders.ofFloat();
            case DOUBLE -> NumberReaders.ofDouble();
            case DECIMAL -> {
                DecimalType decimal = (DecimalType) type;
                yield NumberReaders.ofDecimal(decimal.getPrecision(), decimal.getScale());
            }
            case CHAR, VARCHAR -> TextReaders.ofString();
            case BINARY, VARBINARY -> TextReaders.ofBytes();
            case DATE -> TimeReaders.ofDate();
            case TIME_WITHOUT_TIME_ZONE -> TimeReaders.ofTime(((TimeType) type).getPrecision());
            case TIMESTAMP_WITHOUT_TIME_ZONE ->
                    TimeReaders.ofTimestamp(((TimestampType) type).getPrecision());
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
                    TimeReaders.ofTimestampLtz(((LocalZonedTimestampType) type).getPrecision());
            case ROW -> row((RowType) type, path);
            case ARRAY ->
                    ContainerReaders.ofArray(
                            member("", ((ArrayType) type).getElementType(), path + "[]"),
                            type.asSummaryString());
            case MAP -> map((MapType) type, path);
            default -> throw unsupported(type, path);
        };
    }

    private static ValueReader row(RowType type, String path) {
        List<ContainerReaders.Member> members =
                type.getFields().stream()
                        .map(
                                field ->
                                        member(
                                                field.getName(),
                                                field.getType(),
                                                path.isEmpty()
                                                        ? field.getName()
                                                        : path + "." + field.getName()))
                        .toList();
        return ContainerReaders.ofRow(members, "object (ROW)");
    }

    private static ValueReader map(MapType type, String path) {
        if (!type.getKeyType().is(LogicalTypeFamily.CHARACTER_STRING)) {
            throw new IllegalArgumentException(
                    "Format 'payload-json' cannot read '"
                            + path
                            + "' of type "
                            + type.asSummaryString()
                            + ": the names of a JSON object are text. Declare MAP<STRING, ...>.");
        }
        return ContainerReaders.ofMap(member("", type.getValueType(), path + ".*"), "object (MAP)");
    }

    private static ContainerReaders.Member member(String name, LogicalType type, String path) {
        return new ContainerReaders.Member(
                name, type.asSummaryString(), type.isNullable(), of(type, path));
    }

    private static IllegalArgumentException unsupported(LogicalType type, String path) {
        return new IllegalArgumentException(
                "Format 'payload-json' cannot read '"
                        + (path.isEmpty() ? "payload" : path)
                        + "' of type "
                        + type.asSummaryString()
                        + ". Declare BOOLEAN, a number, STRING, BYTES, DATE, TIME, TIMESTAMP, TIMESTAMP_LTZ, ROW, ARRAY or MAP.");
    }
}
