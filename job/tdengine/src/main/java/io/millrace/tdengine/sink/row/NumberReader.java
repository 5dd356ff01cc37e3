package io.millrace.tdengine.sink.row;

import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LogicalType;

/** Reads a field that is a number, without an object per value. */
final class NumberReader {
    private final FieldAccess access;
    private final int position;
    private final LogicalType type;

    private NumberReader(ValueSource.Field field) {
        this.access = new FieldAccess(field);
        this.position = access.position();
        this.type = field.type();
    }

    /** Null if the field is no number. */
    static NumberReader of(ValueSource.Field field) {
        return switch (field.type().getTypeRoot()) {
            case TINYINT, SMALLINT, INTEGER, BIGINT, FLOAT, DOUBLE, DECIMAL ->
                    new NumberReader(field);
            default -> null;
        };
    }

    boolean isNull(RowData row) {
        return access.holder(row) == null;
    }

    /** Whether a number that is not NULL is not zero. */
    boolean isTrue(RowData row) {
        RowData holder = access.holder(row);
        return switch (type.getTypeRoot()) {
            case TINYINT -> holder.getByte(position) != 0;
            case SMALLINT -> holder.getShort(position) != 0;
            case INTEGER -> holder.getInt(position) != 0;
            case BIGINT -> holder.getLong(position) != 0;
            case FLOAT -> holder.getFloat(position) != 0;
            case DOUBLE -> holder.getDouble(position) != 0;
            default -> {
                DecimalType decimal = (DecimalType) type;
                yield holder.getDecimal(position, decimal.getPrecision(), decimal.getScale())
                                .toBigDecimal()
                                .signum()
                        != 0;
            }
        };
    }

    /** A whole number that is not NULL; for types of whole numbers only. */
    long whole(RowData row) {
        RowData holder = access.holder(row);
        return switch (type.getTypeRoot()) {
            case TINYINT -> holder.getByte(position);
            case SMALLINT -> holder.getShort(position);
            case INTEGER -> holder.getInt(position);
            case BIGINT -> holder.getLong(position);
            default -> throw new IllegalStateException(type + " is no whole number");
        };
    }

    ValueEncoder into(NumberColumn target) {
        return switch (type.getTypeRoot()) {
            case TINYINT ->
                    (row, out) -> {
                        RowData holder = access.holder(row);
                        return holder != null && target.whole(holder.getByte(position), out);
                    };
            case SMALLINT ->
                    (row, out) -> {
                        RowData holder = access.holder(row);
                        return holder != null && target.whole(holder.getShort(position), out);
                    };
            case INTEGER ->
                    (row, out) -> {
                        RowData holder = access.holder(row);
                        return holder != null && target.whole(holder.getInt(position), out);
                    };
            case BIGINT ->
                    (row, out) -> {
                        RowData holder = access.holder(row);
                        return holder != null && target.whole(holder.getLong(position), out);
                    };
            case FLOAT ->
                    (row, out) -> {
                        RowData holder = access.holder(row);
                        return holder != null && target.floating(holder.getFloat(position), out);
                    };
            case DOUBLE ->
                    (row, out) -> {
                        RowData holder = access.holder(row);
                        return holder != null && target.floating(holder.getDouble(position), out);
                    };
            default -> {
                DecimalType decimal = (DecimalType) type;
                int digits = decimal.getPrecision();
                int scale = decimal.getScale();
                yield (row, out) -> {
                    RowData holder = access.holder(row);
                    return holder != null
                            && target.decimal(
                                    holder.getDecimal(position, digits, scale).toBigDecimal(), out);
                };
            }
        };
    }
}
