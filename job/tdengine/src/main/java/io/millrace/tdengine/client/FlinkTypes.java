package io.millrace.tdengine.client;

import java.util.Optional;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.types.DataType;

/**
 * How TDengine's types appear in Flink. All are nullable, the time too: a row without a time is a
 * dead letter, whereas Flink would fail the job for a NULL in a column that is NOT NULL. Stateless.
 */
public final class FlinkTypes {
    private FlinkTypes() {}

    /**
     * The Flink type of a column or tag.
     *
     * @return empty if the connector cannot write the column's type
     */
    public static Optional<DataType> of(TargetColumn column, TimePrecision precision) {
        return Optional.ofNullable(
                switch (column.type()) {
                    case TIMESTAMP -> DataTypes.TIMESTAMP_LTZ(precision.digits());
                    case BOOL -> DataTypes.BOOLEAN();
                    case TINYINT -> DataTypes.TINYINT();
                    case SMALLINT, TINYINT_UNSIGNED -> DataTypes.SMALLINT();
                    case INT, SMALLINT_UNSIGNED -> DataTypes.INT();
                    case BIGINT, INT_UNSIGNED -> DataTypes.BIGINT();
                    case BIGINT_UNSIGNED -> DataTypes.DECIMAL(20, 0);
                    case FLOAT -> DataTypes.FLOAT();
                    case DOUBLE -> DataTypes.DOUBLE();
                    case DECIMAL -> DataTypes.DECIMAL(column.length(), column.scale());
                    // A geometry is written as well-known text; the server takes no binary form.
                    case VARCHAR, NCHAR, JSON, GEOMETRY -> DataTypes.STRING();
                    case VARBINARY -> DataTypes.BYTES();
                    case UNKNOWN -> null;
                });
    }
}
