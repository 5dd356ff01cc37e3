package io.millrace.functions.convert;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.DistinctType;
import org.apache.flink.table.types.logical.DoubleType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.StructuredType;
import org.apache.flink.table.types.logical.VarBinaryType;
import org.apache.flink.table.types.logical.VarCharType;

/** Which type an answer has that was a part of an argument. */
public final class Writable {
    private Writable() {}

    /**
     * The type in which a value of a type that {@link Readable} allows comes back. Lengths are
     * lost, and so are decimals: a DECIMAL with digits behind the point is a DOUBLE.
     */
    public static LogicalType of(LogicalType type) {
        return switch (type.getTypeRoot()) {
            case CHAR, VARCHAR, NULL -> new VarCharType(VarCharType.MAX_LENGTH);
            case BINARY, VARBINARY -> new VarBinaryType(VarBinaryType.MAX_LENGTH);
            case DECIMAL -> Readable.isWhole(type) ? type.copy(true) : new DoubleType();
            case ARRAY -> new ArrayType(of(type.getChildren().get(0)));
            case MAP -> map(of(type.getChildren().get(1)));
            case ROW -> row(((RowType) type).getFieldNames(), type.getChildren());
            case STRUCTURED_TYPE ->
                    row(
                            ((StructuredType) type)
                                    .getAttributes().stream()
                                            .map(StructuredType.StructuredAttribute::getName)
                                            .toList(),
                            type.getChildren());
            case DISTINCT_TYPE -> of(((DistinctType) type).getSourceType());
            default -> type.copy(true);
        };
    }

    /** A map from texts. */
    public static LogicalType map(LogicalType values) {
        return new MapType(new VarCharType(false, VarCharType.MAX_LENGTH), values);
    }

    private static LogicalType row(List<String> names, List<LogicalType> types) {
        List<RowType.RowField> fields = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            fields.add(new RowType.RowField(names.get(i), of(types.get(i))));
        }
        return new RowType(fields);
    }
}
