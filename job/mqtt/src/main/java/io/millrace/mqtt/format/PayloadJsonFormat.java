package io.millrace.mqtt.format;

import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.Projection;
import org.apache.flink.table.connector.format.ProjectableDecodingFormat;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.DataType;

/** Makes decoders for a type, which, unlike with other formats, need not be a row. */
public final class PayloadJsonFormat
        implements ProjectableDecodingFormat<DeserializationSchema<RowData>> {

    @Override
    public PayloadJsonSchema createRuntimeDecoder(
            DynamicTableSource.Context context, DataType type, int[][] projections) {
        return createRuntimeDecoder(context, Projection.of(projections).project(type));
    }

    @Override
    public PayloadJsonSchema createRuntimeDecoder(
            DynamicTableSource.Context context, DataType type) {
        TypeInformation<RowData> produced = context.createTypeInformation(type);
        try {
            return new PayloadJsonSchema(type.getLogicalType(), produced);
        } catch (IllegalArgumentException e) {
            throw new ValidationException(e.getMessage());
        }
    }

    @Override
    public ChangelogMode getChangelogMode() {
        return ChangelogMode.insertOnly();
    }
}
